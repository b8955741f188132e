package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.sluice.access.AuthSettings;
import dev.sluice.access.BasicUser;
import dev.sluice.access.BearerSettings;
import dev.sluice.access.KeySource;
import dev.sluice.access.PasswordHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthReaderTest {

  private static final String HASH =
      "pbkdf2-sha256:600000:AAECAwQFBgcICQoLDA0ODw==:"
          + "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

  @TempDir Path directory;

  private Path keys() throws IOException, JOSEException {
    JWKSet set = new JWKSet(new ECKeyGenerator(Curve.P_256).keyID("a").generate().toPublicJWK());
    return Files.writeString(directory.resolve("keys.json"), set.toString());
  }

  private static AuthSettings auth(String yaml) {
    return Sources.file(yaml).load().access().auth();
  }

  @Test
  void withoutTheSectionNothingChanges() {
    assertThat(auth("origins: [self]")).isEqualTo(AuthSettings.defaults());
  }

  @Test
  void everyWayInIsRead() throws Exception {
    Path file = keys();
    String yaml =
        """
        auth:
          anonymous: {roles: [guest]}
          basic: {users: {operator: {password: "%s", roles: [ops]}, idle: {password: "%s"}}}
          bearer:
            issuer: https://idp.example
            audience: sluice
            jwks: %s
            roles-claim: realm_access.roles
            subject-claim: email
          container: true
        """
            .formatted(HASH, HASH, file);
    PasswordHash hash = PasswordHash.parse(HASH);
    assertThat(auth(yaml))
        .isEqualTo(
            new AuthSettings(
                true,
                Map.of(
                    "operator",
                    new BasicUser(hash, Set.of("ops")),
                    "idle",
                    new BasicUser(hash, Set.of())),
                Optional.of(
                    new BearerSettings(
                        "https://idp.example",
                        "sluice",
                        new KeySource.File(file),
                        "realm_access.roles",
                        "email")),
                Optional.of(Set.of("guest"))));
    String shown = Sources.file(yaml).load().effective().toYaml();
    assertThat(shown).doesNotContain("AAEC").contains("password: \"***\"", "roles: [ops]");
  }

  @Test
  void onlyWhatIsNamedLetsAnybodyIn() {
    assertThat(auth("auth: {anonymous: {}}"))
        .isEqualTo(new AuthSettings(false, Map.of(), Optional.empty(), Optional.of(Set.of())));
    assertThat(auth("auth: {container: true}"))
        .isEqualTo(new AuthSettings(true, Map.of(), Optional.empty(), Optional.empty()));
  }

  @Test
  void anIssuersAddressNeedNotAnswerAtTheStart() {
    String yaml = "auth: {bearer: {issuer: i, audience: a, jwks: 'https://127.0.0.1:1/keys'}}";
    assertThat(auth(yaml).bearer())
        .hasValueSatisfying(b -> assertThat(b.rolesClaim()).isEqualTo("roles"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auth: | auth: is nothing where anonymous, basic, bearer, container belong",
        "auth: {} | auth: lets nobody in; write one of anonymous",
        "auth: {container: false} | auth: lets nobody in",
        "auth: {container: yes} | auth.container: \"yes\" is neither true nor false",
        "auth: {anonymus: {}} | auth.anonymus: is not a known key; did you mean anonymous?",
        "auth: {anonymous: true} | auth.anonymous: is one value where keys belong; write {roles: […]}",
        "auth: {anonymous: {role: [a]}} | auth.anonymous.role: is not a known key; did you mean roles?",
        "auth: {anonymous: {roles: guest}} | auth.anonymous.roles: is one value where a list belongs",
        "auth: {basic: {}} | auth.basic: has no user",
        "auth: {basic: {users: {}}} | auth.basic: has no user",
        "auth: {basic: {user: {a: {}}}} | auth.basic.user: is not a known key; did you mean users?",
        "auth: {basic: {users: {a: {}}}} | auth.basic.users.a: has no password",
        "auth: {basic: {users: {a: {password: hunter2}}}} | auth.basic.users.a.password: *** is not a password hash; make one with",
        "auth: {basic: {users: {'a:b': {password: 'HASH'}}}} | auth.basic.users.a:b: is not a user name",
        "auth: {bearer: {audience: a, jwks: 'https://h/k'}} | auth.bearer: has no issuer",
        "auth: {bearer: {issuer: i, audience: a, jwks: 'http://h/k'}} | 'http://h/k' is neither a file nor an https address",
        "auth: {bearer: {issuer: i, audience: a, jwks: /nowhere/k}} | auth.bearer.jwks: names /nowhere/k, which cannot be read",
        "auth: {bearer: {issuer: '', audience: a, jwks: 'https://h/k'}} | auth.bearer.issuer: ",
        "auth: {bearer: {isuer: i, audience: a, jwks: 'https://h/k'}} | did you mean issuer?",
      })
  void whatIsWrongStopsTheStartAndIsReportedOnce(String yaml, String problem) {
    assertThat(Sources.file(yaml.replace("HASH", HASH)).problems())
        .singleElement()
        .asString()
        .startsWith("sluice.yaml:1 ")
        .contains(problem)
        .doesNotContain("hunter2");
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    assertThat(
            Sources.file(
                    """
                    auth:
                      anonymous: {roles: ["a b"]}
                      basic:
                        users:
                          a: {password: x}
                          b: {}
                      bearer: {}
                    """)
                .problems())
        .hasSize(6);
  }

  @Test
  void aFileThatHoldsNoKeysStopsTheStart() throws IOException {
    Path file = Files.writeString(directory.resolve("keys.json"), "{\"keys\":[]}");
    assertThat(
            Sources.file("auth: {bearer: {issuer: i, audience: a, jwks: " + file + "}}").problems())
        .singleElement()
        .asString()
        .contains("which has no RSA, EC or Ed25519 key");
  }
}
