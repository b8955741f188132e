package dev.sluice.probe;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the identification line in what an SSH server sends first (RFC 4253 §4.2), fed piece by
 * piece. Other lines may come before it; a line ends with LF, with or without a CR before it.
 *
 * <p>Bounded: a line is at most {@link #MAX_LINE} bytes with its end, all lines together at most
 * {@link #MAX_TOTAL}. Does no I/O; one thread at a time.
 */
final class SshBannerParser {

  /** The longest line in bytes, CR and LF counted. */
  static final int MAX_LINE = 255;

  /** How many bytes are looked at before the search is given up. */
  static final int MAX_TOTAL = 8_192;

  private final byte[] line = new byte[MAX_LINE];
  private int lineLength;
  private int total;
  private @Nullable SshIdentification found;
  private @Nullable String problem;

  /**
   * Takes what {@code bytes} has, up to the decision; what comes after it is left there.
   *
   * @return whether it is decided: then either {@link #found} or {@link #problem} is present
   */
  boolean feed(ByteBuffer bytes) {
    while (bytes.hasRemaining() && !isDecided()) {
      take(bytes.get());
    }
    return isDecided();
  }

  /** The server ended its stream: what has come is all there is. */
  void end() {
    if (!isDecided()) {
      problem =
          total == 0
              ? "the target closed the connection without a word"
              : "the target closed the connection before an SSH identification";
    }
  }

  /** The identification, once it has come. */
  Optional<SshIdentification> found() {
    return Optional.ofNullable(found);
  }

  /** Why there will be no identification. */
  Optional<String> problem() {
    return Optional.ofNullable(problem);
  }

  private boolean isDecided() {
    return found != null || problem != null;
  }

  private void take(byte b) {
    total++;
    line[lineLength++] = b;
    if (b == '\n') {
      endLine();
    } else if (lineLength == MAX_LINE) {
      problem = "not an SSH server: a line of more than " + MAX_LINE + " bytes";
    }
    if (total == MAX_TOTAL && !isDecided()) {
      problem = "not an SSH server: no identification within " + MAX_TOTAL + " bytes";
    }
  }

  private void endLine() {
    int length = lineLength - 1;
    if (length > 0 && line[length - 1] == '\r') {
      length--;
    }
    lineLength = 0;
    String text = HarmlessText.of(line, 0, length);
    if (text.startsWith(SshIdentification.PREFIX)) {
      SshIdentification.parse(text)
          .ifPresentOrElse(
              id -> found = id,
              () -> problem = "not an SSH server: a malformed identification line");
    }
  }
}
