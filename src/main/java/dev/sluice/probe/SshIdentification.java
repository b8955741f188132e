package dev.sluice.probe;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line by which an SSH server names itself (RFC 4253 §4.2), as harmless text: {@code
 * SSH-protoversion-softwareversion SP comments}.
 *
 * <p>Stricter than what servers get away with in one respect only: a protocol version must be two
 * numbers with a dot between. Software versions with a minus sign, which the RFC forbids and
 * servers send, are taken.
 *
 * @param banner the whole line without its end
 * @param protocol such as {@code 2.0}
 * @param software up to the first space, not empty
 * @param comments after the first space; empty when there are none
 */
public record SshIdentification(String banner, String protocol, String software, String comments) {

  /** What the line starts with, and no line before it. */
  static final String PREFIX = "SSH-";

  private static final Pattern LINE =
      Pattern.compile("SSH-([0-9]{1,3}\\.[0-9]{1,3})-([^ ]+)(?: (.*))?", Pattern.DOTALL);

  /**
   * Reads one line, its end cut off and made harmless already; empty when it is not the
   * identification of an SSH server.
   */
  static Optional<SshIdentification> parse(String line) {
    Matcher m = LINE.matcher(line);
    if (!m.matches()) {
      return Optional.empty();
    }
    String comments = m.group(3);
    return Optional.of(
        new SshIdentification(line, m.group(1), m.group(2), comments == null ? "" : comments));
  }
}
