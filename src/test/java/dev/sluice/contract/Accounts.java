package dev.sluice.contract;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.sluice.access.KeyServer;
import dev.sluice.access.PasswordHash;
import dev.sluice.access.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Who may ask the servers that know their callers: guests, the user {@code operator} with the role
 * {@code ops}, and whoever the test's own identity provider, which publishes its keys by https,
 * signs a token for.
 */
final class Accounts {

  /** A named target for the role {@code ops} alone: the same echo. */
  static final String FOR_OPS = "for-ops";

  static final String USER = "operator";

  /** Where the servers keep the audit record, in their own directory. */
  static final String AUDIT_FILE = "audit.jsonl";

  private static final String ADMIN = "root";
  private static final String GUESTS = "  anonymous: {roles: [guest]}\n";

  private static final String PASSWORD = "correct horse";
  private static final ECKey KEY = Tokens.ec("test");

  /** Of the JVM, as the key is: whatever servers it starts ask here. */
  private static final KeyServer KEYS = KeyServer.start().publish(KEY.toPublicJWK());

  private static final PasswordHash HASH = PasswordHash.of(PASSWORD);

  private Accounts() {}

  /** The sections of a configuration that lets guests in too. */
  static String sections() {
    return sections("ops", GUESTS);
  }

  /** The same, and the operator has another role instead. */
  static String sectionsWithOperatorAs(String role) {
    return sections(role, GUESTS);
  }

  /** The same, and the operator has left. */
  static String sectionsWithoutOperator() {
    return sections().replaceAll("(?m)^ +" + USER + ":.*\n", "");
  }

  /** The same, and nobody comes in without an account. */
  static String sectionsWithoutGuests() {
    return sections("ops", "");
  }

  private static String sections(String usersRoles, String more) {
    return """
        proxies: [127.0.0.1]
        auth:
          container: true
          basic:
            users:
              %1$s: {password: "%2$s", roles: [%7$s]}
              %3$s: {password: "%2$s", roles: [sluice-admin]}
          bearer: {issuer: "%4$s", audience: "%5$s", jwks: "%6$s"}
        %8$s\
        audit: {file: %9$s}
        """
        .formatted(
            USER,
            HASH.encoded(),
            ADMIN,
            Tokens.ISSUER,
            Tokens.AUDIENCE,
            KEYS.address(),
            usersRoles,
            more,
            AUDIT_FILE);
  }

  /** The JVM options of a server that trusts the identity provider's certificate. */
  static List<String> trust() {
    return KEYS.trust();
  }

  /** An Authorization header. */
  static Map<String, String> password(String user, String password) {
    byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
  }

  /** That of the operator. */
  static Map<String, String> operator() {
    return password(USER, PASSWORD);
  }

  /** That of an administrator. */
  static Map<String, String> admin() {
    return password(ADMIN, PASSWORD);
  }

  /** One with a token that is valid now, for {@code alice} with the role {@code ops}. */
  static Map<String, String> token() {
    return token(Tokens.claims(Instant.now()).build());
  }

  /** One with a token of these claims. */
  static Map<String, String> token(JWTClaimsSet claims) {
    return Map.of("Authorization", "Bearer " + Tokens.sign(claims, KEY));
  }
}
