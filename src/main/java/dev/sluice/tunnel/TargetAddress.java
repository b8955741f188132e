package dev.sluice.tunnel;

import dev.sluice.target.HostPort;
import dev.sluice.target.InvalidTargetException;
import dev.sluice.target.Requested;
import dev.sluice.target.TargetName;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads which target a tunnel address names, from its raw path and query. */
public final class TargetAddress {

  private static final String NAMED = "/tunnel/";

  private TargetAddress() {}

  /**
   * The target of {@code /tunnel?host=&port=}, {@code /tunnel/{name}} or {@code
   * /api/connect?host=&port=}.
   *
   * @throws InvalidTargetException saying what is wrong
   */
  static Requested parse(String path, @Nullable String query) {
    if (path.startsWith(NAMED)) {
      return new TargetName(decode(path.substring(NAMED.length())));
    }
    return HostPort.of(parameter(query, "host"), parameter(query, "port"));
  }

  /**
   * What was asked for in the client's own spelling, for records: the name, or host and port, and
   * nothing else that an address may hold.
   */
  static String asWritten(String path, @Nullable String query) {
    if (path.startsWith(NAMED)) {
      return path.substring(NAMED.length());
    }
    return Stream.of(query == null ? new String[0] : query.split("&", -1))
        .filter(pair -> pair.startsWith("host=") || pair.startsWith("port="))
        .collect(Collectors.joining("&"));
  }

  /** Exactly one value: two would let two readers of the same address see different targets. */
  private static String parameter(@Nullable String query, String name) {
    String found = null;
    for (String pair : query == null ? new String[0] : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals >= 0 && decode(pair.substring(0, equals)).equals(name)) {
        if (found != null) {
          throw new InvalidTargetException("the parameter " + name + " is there twice");
        }
        found = decode(pair.substring(equals + 1));
      }
    }
    if (found == null) {
      throw new InvalidTargetException(
          "the parameter " + name + " is missing: ask for ?host=HOST&port=PORT");
    }
    return found;
  }

  /** Percent-decodes once, strictly; a plus stays a plus, so that {@code +22} is no port. */
  public static String decode(String raw) {
    if (raw.chars().allMatch(c -> c < 128 && c != '%')) {
      return raw; // as nearly all are: nothing of it means anything else
    }
    ByteBuffer bytes = ByteBuffer.allocate(raw.length() * 3);
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        bytes.put(hexPair(raw, i + 1));
        i += 2;
      } else {
        bytes.put(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidTargetException("the address holds bytes that are not UTF-8");
    }
  }

  private static byte hexPair(String raw, int at) {
    int high = at < raw.length() ? hex(raw.charAt(at)) : -1;
    int low = at + 1 < raw.length() ? hex(raw.charAt(at + 1)) : -1;
    if (high < 0 || low < 0) {
      throw new InvalidTargetException("a % in the address is not followed by two hex digits");
    }
    return (byte) (high << 4 | low);
  }

  private static int hex(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }
}
