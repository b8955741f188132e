package dev.sluice.audit;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

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

  // looked up once, on a thread that has the application's class loader
  private final JsonBuilderFactory json = Json.createBuilderFactory(Map.of());
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
    JsonObjectBuilder object =
        json.createObjectBuilder()
            .add(NUMBER, number + 1)
            .add(PREVIOUS, previous)
            .add("node", node);
    event.members().forEach((name, value) -> add(object, name, value));
    String line = ascii(object.build().toString());
    String hash = hash(line);
    number++;
    previous = hash;
    return line;
  }

  private void add(JsonObjectBuilder object, String name, Object value) {
    if (value instanceof Long number) {
      object.add(name, number);
    } else if (value instanceof List<?> list) {
      object.add(name, array(list));
    } else {
      object.add(name, value.toString());
    }
  }

  private JsonArrayBuilder array(List<?> list) {
    JsonArrayBuilder array = json.createArrayBuilder();
    for (Object element : list) {
      if (element instanceof Map<?, ?> map) {
        JsonObjectBuilder object = json.createObjectBuilder();
        map.forEach((name, value) -> add(object, name.toString(), value));
        array.add(object);
      } else {
        array.add(element.toString());
      }
    }
    return array;
  }

  /** JSON has what is no ASCII in its texts alone, where an escape means the same. */
  private static String ascii(String json) {
    StringBuilder out = new StringBuilder(json.length() + 16);
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c >= ' ' && c <= '~') {
        out.append(c);
      } else {
        out.append("\\u").append(HexFormat.of().toHexDigits(c));
      }
    }
    return out.toString();
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
