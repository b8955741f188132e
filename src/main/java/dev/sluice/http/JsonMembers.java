package dev.sluice.http;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of a request: one flat JSON object in UTF-8, of known members, each a string or an
 * integer and there once. Anything else is refused, by the name of the member where it has one.
 */
final class JsonMembers {

  private static final Pattern CONTENT_TYPE =
      Pattern.compile(
          "application/json\\s*(?:;\\s*charset\\s*=\\s*(?:utf-8|\"utf-8\")\\s*)?;?\\s*",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

  private final Map<String, Member> members = new LinkedHashMap<>();

  private JsonMembers() {}

  private record Member(JsonParser.Event type, String text) {
    boolean isString() {
      return type == JsonParser.Event.VALUE_STRING;
    }
  }

  /**
   * Reads a body.
   *
   * @param contentType the header as it came
   * @param known the members there may be
   * @throws RefusalException saying what is wrong
   */
  static JsonMembers parse(@Nullable String contentType, byte[] body, List<String> known) {
    return parse(contentType, body, known, List.of());
  }

  /**
   * Reads a body.
   *
   * @param literals those of the members that may be true, false or null instead
   */
  static JsonMembers parse(
      @Nullable String contentType, byte[] body, List<String> known, List<String> literals) {
    if (contentType == null || !CONTENT_TYPE.matcher(contentType.strip()).matches()) {
      throw RefusalException.badRequest("the content type must be application/json, in UTF-8");
    }
    JsonMembers result = new JsonMembers();
    try (JsonParser parser = Json.createParser(new StringReader(decode(body)))) {
      result.read(parser, known, literals);
    } catch (JsonException e) {
      throw RefusalException.badRequest("the body is not well-formed JSON");
    }
    return result;
  }

  /** Whether a member is there. */
  boolean has(String name) {
    return members.containsKey(name);
  }

  /** A member that must be there and be a string. */
  String text(String name) {
    Member member = members.get(name);
    if (member == null) {
      throw RefusalException.badRequest("member \"%s\" is missing".formatted(name));
    }
    if (!member.isString()) {
      throw RefusalException.badRequest("member \"%s\" must be a string".formatted(name));
    }
    return member.text;
  }

  /** A member that may be an integer or a string; as it was written. */
  Optional<String> integerOrText(String name) {
    return Optional.ofNullable(members.get(name)).map(Member::text);
  }

  /** A member that must be an integer if it is there; as it was written. */
  Optional<String> integer(String name) {
    Member member = members.get(name);
    if (member != null && member.type != JsonParser.Event.VALUE_NUMBER) {
      throw RefusalException.badRequest("member \"%s\" must be an integer".formatted(name));
    }
    return integerOrText(name);
  }

  /** A member that must be true or false if it is there. */
  Optional<Boolean> truth(String name) {
    Member member = members.get(name);
    if (member != null
        && member.type != JsonParser.Event.VALUE_TRUE
        && member.type != JsonParser.Event.VALUE_FALSE) {
      throw RefusalException.badRequest("member \"%s\" must be true or false".formatted(name));
    }
    return integerOrText(name).map(Boolean::parseBoolean);
  }

  /** Whether a member is there and null. */
  boolean isNull(String name) {
    Member member = members.get(name);
    return member != null && member.type == JsonParser.Event.VALUE_NULL;
  }

  private static String decode(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      throw RefusalException.badRequest("the body is not UTF-8");
    }
  }

  private void read(JsonParser parser, List<String> known, List<String> literals) {
    if (!parser.hasNext() || parser.next() != JsonParser.Event.START_OBJECT) {
      throw RefusalException.badRequest("the body must be a JSON object");
    }
    for (JsonParser.Event e = parser.next(); e != JsonParser.Event.END_OBJECT; e = parser.next()) {
      String name = parser.getString();
      if (!known.contains(name)) {
        throw RefusalException.badRequest(
            "member %s is unknown; there may be %s"
                .formatted(RefusalException.quoted(name), String.join(", ", known)));
      }
      if (members.put(name, member(name, parser, literals.contains(name))) != null) {
        throw RefusalException.badRequest("member \"%s\" is there twice".formatted(name));
      }
    }
    // also makes the parser look for what may not follow
    if (parser.hasNext()) {
      throw RefusalException.badRequest("the body is more than one JSON object");
    }
  }

  private static Member member(String name, JsonParser parser, boolean mayBeLiteral) {
    JsonParser.Event type = parser.next();
    boolean literal =
        type == JsonParser.Event.VALUE_TRUE
            || type == JsonParser.Event.VALUE_FALSE
            || type == JsonParser.Event.VALUE_NULL;
    if (literal && mayBeLiteral) {
      return new Member(type, String.valueOf(type == JsonParser.Event.VALUE_TRUE));
    }
    if (type != JsonParser.Event.VALUE_STRING && type != JsonParser.Event.VALUE_NUMBER) {
      throw RefusalException.badRequest(
          "member \"%s\" must be a string or an integer".formatted(name));
    }
    Member member = new Member(type, parser.getString());
    if (!member.isString() && !INTEGER.matcher(member.text).matches()) {
      throw RefusalException.badRequest("member \"%s\" must be an integer".formatted(name));
    }
    return member;
  }
}
