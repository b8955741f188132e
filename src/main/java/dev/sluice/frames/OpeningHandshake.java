package dev.sluice.frames;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client has to send to become a WebSocket, and the answer (RFC 6455 §4.2). A pure function;
 * host, path, origin and sub-protocols are for others to judge.
 */
public final class OpeningHandshake {

  private static final Pattern LINE_END = Pattern.compile("[\r\n\0]");

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final Pattern HTTP = Pattern.compile("HTTP/(\\d)(?:\\.(\\d))?");

  /** Base64 of 16 bytes: 24 characters, the last two of them padding. */
  private static final int KEY_LENGTH = 24;

  private static final Map<String, String> WANTED =
      Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", "13");

  private OpeningHandshake() {}

  /** A request's header fields. */
  @FunctionalInterface
  public interface Headers {
    /** The value of every line with that name, in any case; empty when there is none. */
    Iterable<String> lines(String name);
  }

  /** What to answer. */
  public sealed interface Answer {}

  /**
   * 101.
   *
   * @param accept for the field {@code Sec-WebSocket-Accept}
   */
  public record Accepted(String accept) implements Answer {}

  /**
   * The bytes of a 101.
   *
   * @param fields it has besides, by name; what would end a line in a value is written as a space
   *     (RFC 9110 §5.5)
   */
  public static ByteBuffer response(Accepted accepted, Iterable<Map.Entry<String, String>> fields) {
    StringBuilder text =
        new StringBuilder("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n")
            .append("Connection: Upgrade\r\nSec-WebSocket-Accept: ")
            .append(accepted.accept());
    for (Map.Entry<String, String> field : fields) {
      String value = LINE_END.matcher(field.getValue()).replaceAll(" ");
      text.append("\r\n").append(field.getKey()).append(": ").append(value);
    }
    text.append("\r\n\r\n");
    return ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  /**
   * No WebSocket.
   *
   * @param status 400, 405 or 426
   * @param reason a few words, fit for the client
   * @param headers fields that the answer must have
   */
  public record Refused(int status, String reason, Map<String, String> headers) implements Answer {}

  /**
   * Judges a request.
   *
   * @param protocol of the request line, such as {@code HTTP/1.1}
   */
  public static Answer check(String method, String protocol, Headers headers) {
    if (!method.equals("GET")) {
      return new Refused(405, "a WebSocket is opened by GET", Map.of("Allow", "GET"));
    }
    if (!isHttp11(protocol)) {
      return bad("a WebSocket needs HTTP/1.1");
    }
    if (!hasToken(headers.lines("Upgrade"), "websocket")) {
      return new Refused(426, "Upgrade must be websocket", WANTED);
    }
    if (!hasToken(headers.lines("Connection"), "Upgrade")) {
      return bad("Connection must be Upgrade");
    }
    if (!"13".equals(single(headers.lines("Sec-WebSocket-Version")))) {
      return new Refused(426, "Sec-WebSocket-Version must be 13", WANTED);
    }
    String key = single(headers.lines("Sec-WebSocket-Key"));
    if (key == null || !isKey(key)) {
      return bad("Sec-WebSocket-Key must be 16 bytes in Base64");
    }
    return new Accepted(accept(key));
  }

  private static Refused bad(String reason) {
    return new Refused(400, reason, Map.of());
  }

  private static boolean isHttp11(String protocol) {
    Matcher matcher = HTTP.matcher(protocol);
    if (!matcher.matches()) {
      return false;
    }
    String minor = matcher.group(2);
    int major = Integer.parseInt(matcher.group(1));
    return major > 1 || (major == 1 && minor != null && !minor.equals("0"));
  }

  /** Lists may be spread over lines (RFC 9110 §5.3), tokens have no case here. */
  private static boolean hasToken(Iterable<String> lines, String token) {
    for (String line : lines) {
      for (String element : line.split(",", -1)) {
        if (element.strip().equalsIgnoreCase(token)) {
          return true;
        }
      }
    }
    return false;
  }

  /** A field that must not come more than once (§11.3.1, §11.3.5); null when it does, or is not. */
  private static @Nullable String single(Iterable<String> lines) {
    List<String> all = new ArrayList<>();
    lines.forEach(all::add);
    return all.size() == 1 ? all.get(0).strip() : null;
  }

  private static boolean isKey(String key) {
    try {
      return key.length() == KEY_LENGTH && Base64.getDecoder().decode(key).length == 16;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static String accept(String key) {
    byte[] input = (key + GUID).getBytes(StandardCharsets.ISO_8859_1);
    return Base64.getEncoder().encodeToString(sha1(input));
  }

  private static byte[] sha1(byte[] input) {
    try {
      return MessageDigest.getInstance("SHA-1").digest(input);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
