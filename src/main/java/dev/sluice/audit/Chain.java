package dev.sluice.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Makes lines of events, each with its number and the hash of the line before: what is changed,
 * taken out or put in afterwards no longer fits. For one thread.
 *
 * <p>A line is one JSON object in ASCII, without the line feed that ends it; whatever is not
 * printable ASCII is an escape, so that nothing a client sends ends a line, for any reader.
 */
final class Chain {

  /** What the first line of all has for the line before. */
  static final String BEGINNING = "0".repeat(64);

  /** The line's number: one more than the line before has. */
  static final String NUMBER = "seq";

  /** The SHA-256 of the line before, in hex. */
  static final String PREVIOUS = "prev";

  /** What most lines are shorter than, in characters. */
  private static final int ROOM = 768;

  private final String node;
  private long number;
  private String previous = BEGINNING;

  /**
   * A chain that begins.
   *
   * @param node the name of this node, which every line has
   */
  Chain(String node) {
    this.node = node;
  }

  /** Goes on after a line that is there already. */
  void continueAfter(long lastNumber, String lastLine) {
    number = lastNumber;
    previous = hash(lastLine);
  }

  /** The next line. Where that throws, the chain is as it was. */
  String next(AuditEvent event) {
    StringBuilder text = new StringBuilder(ROOM).append('{');
    JsonText.member(text, NUMBER, number + 1);
    JsonText.member(text, PREVIOUS, previous);
    JsonText.member(text, "node", node);
    event.members().forEach((name, value) -> JsonText.member(text, name, value));
    String line = text.append('}').toString();
    String hash = hash(line);
    number++;
    previous = hash;
    return line;
  }

  /** What the line after this one has as {@link #PREVIOUS}. */
  static String hash(String line) {
    try {
      byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
