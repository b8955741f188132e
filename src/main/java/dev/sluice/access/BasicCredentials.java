package dev.sluice.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Name and password of an Authorization header (RFC 7617 §2), in UTF-8. Shows neither as text. */
record BasicCredentials(String name, String password) {

  /** Longer ones nobody has: they would only make the hashing cost more. */
  private static final int LONGEST = 1_024;

  /** Reads what follows the scheme; null where it is no such thing. */
  static @Nullable BasicCredentials parse(String token68) {
    if (token68.length() > LONGEST) {
      return null;
    }
    String text;
    try {
      byte[] bytes = Base64.getDecoder().decode(token68);
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      return null;
    }
    int colon = text.indexOf(':');
    // a control character is in no name (RFC 7617 §2)
    return colon < 0 || text.chars().anyMatch(Character::isISOControl)
        ? null
        : new BasicCredentials(text.substring(0, colon), text.substring(colon + 1));
  }

  @Override
  public String toString() {
    return "basic credentials";
  }
}
