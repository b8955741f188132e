package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenCheckTest {

  @TempDir Path directory;
  private Path keys;

  @BeforeEach
  void publish() throws IOException {
    keys = directory.resolve("keys.json");
    Files.writeString(
        keys,
        Tokens.keySet(Tokens.RSA.toPublicJWK(), Tokens.EC.toPublicJWK(), Tokens.ed25519Public()));
  }

  private TokenCheck check(String rolesClaim, String subjectClaim, Instant now) {
    BearerSettings settings =
        new BearerSettings(
            Tokens.ISSUER, Tokens.AUDIENCE, new KeySource.File(keys), rolesClaim, subjectClaim);
    return new TokenCheck(settings, System::nanoTime, Clock.fixed(now, ZoneOffset.UTC));
  }

  private Optional<ClientIdentity> checked(String token) {
    return check("roles", "sub", Tokens.NOW).check(token);
  }

  @Test
  void aGoodTokenNamesItsSubjectAndRoles() {
    assertThat(checked(Tokens.sign(Tokens.claims().build())))
        .contains(new ClientIdentity("alice", Set.of("ops", "dba"), ClientIdentity.Method.BEARER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
  void rsaIsTakenInAllItsForms(String algorithm) {
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.parse(algorithm)).keyID("rsa").build();
    String token = Tokens.sign(header, Tokens.claims().build(), Tokens.signer(Tokens.RSA));
    assertThat(checked(token)).isPresent();
  }

  @Test
  void ed25519IsTaken() {
    String token = Tokens.signEd25519(Tokens.claims().build());
    assertThat(checked(token)).isPresent();
    assertThat(checked(token.substring(0, token.length() - 4) + "AAAA")).isEmpty();
  }

  @Test
  void aTokenThatNamesNoKeyIsTriedWithAllOfThem() {
    JWSHeader header = new JWSHeader(JWSAlgorithm.ES256);
    assertThat(checked(Tokens.sign(header, Tokens.claims().build(), Tokens.signer(Tokens.EC))))
        .isPresent();
  }

  static List<JWTClaimsSet> wrongClaims() {
    Date past = Date.from(Tokens.NOW.minus(Duration.ofSeconds(61)));
    Date future = Date.from(Tokens.NOW.plus(Duration.ofSeconds(61)));
    return List.of(
        Tokens.claims().issuer("https://idp.example/").build(),
        Tokens.claims().issuer(null).build(),
        Tokens.claims().audience("other").build(),
        Tokens.claims().audience(List.of()).build(),
        Tokens.claims().subject(null).build(),
        Tokens.claims().subject("").build(),
        Tokens.claims().subject("a".repeat(257)).build(),
        Tokens.claims().expirationTime(past).build(),
        Tokens.claims().expirationTime(null).build(),
        Tokens.claims().notBeforeTime(future).build(),
        Tokens.claims().notBeforeTime(null).build());
  }

  @ParameterizedTest
  @MethodSource("wrongClaims")
  void oneWrongClaimIsEnough(JWTClaimsSet claims) {
    assertThat(checked(Tokens.sign(claims))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"-60,true", "-61,false", "359,true", "360,false"})
  void clocksMayBeAMinuteApart(int seconds, boolean valid) {
    String token = Tokens.sign(Tokens.claims().build());
    assertThat(check("roles", "sub", Tokens.NOW.plusSeconds(seconds)).check(token).isPresent())
        .isEqualTo(valid);
  }

  @Test
  void noneIsNoSignature() {
    String head = Base64URL.encode("{\"alg\":\"none\"}").toString();
    String body = Base64URL.encode(Tokens.claims().build().toString()).toString();
    assertThat(checked(head + "." + body + ".")).isEmpty();
    assertThat(checked(head + "." + body + ".AAAA")).isEmpty();
  }

  @Test
  void thePublicKeyIsNoSharedSecret() throws JOSEException {
    byte[] publicKey = Tokens.keySet(Tokens.RSA.toPublicJWK()).getBytes(StandardCharsets.UTF_8);
    JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build();
    assertThat(checked(Tokens.sign(header, Tokens.claims().build(), new MACSigner(publicKey))))
        .isEmpty();
  }

  @Test
  void aKeyThatTheTokenBringsItselfIsNotLookedAt() {
    ECKey mallory = Tokens.ec("ec");
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .jwk(mallory.toPublicJWK())
            .jwkURL(URI.create("http://127.0.0.1:1/keys"))
            .x509CertURL(URI.create("http://127.0.0.1:1/cert"))
            .build();
    assertThat(checked(Tokens.sign(header, Tokens.claims().build(), Tokens.signer(mallory))))
        .isEmpty();
    assertThat(checked(Tokens.sign(header, Tokens.claims().build(), Tokens.signer(Tokens.EC))))
        .isPresent();
  }

  @Test
  void anExtensionThatMustBeUnderstoodIsRefused() {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256)
            .criticalParams(Set.of("exp"))
            .customParam("exp", 1)
            .build();
    assertThat(checked(Tokens.sign(header, Tokens.claims().build(), Tokens.signer(Tokens.EC))))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"JWT,true", "at+jwt,true", "application/at+jwt,true", "logout+jwt,false"})
  void onlyWhatIsMeantForAccessIsTaken(String type, boolean valid) {
    JWSHeader header =
        new JWSHeader.Builder(JWSAlgorithm.ES256).type(new JOSEObjectType(type)).build();
    String token = Tokens.sign(header, Tokens.claims().build(), Tokens.signer(Tokens.EC));
    assertThat(checked(token).isPresent()).isEqualTo(valid);
  }

  @Test
  void anotherKeysSignatureUnderAKnownNameIsRefused() {
    assertThat(checked(Tokens.sign(Tokens.claims().build(), Tokens.ec("ec")))).isEmpty();
  }

  @Test
  void whatIsTooLongIsNotParsed() {
    JWTClaimsSet claims = Tokens.claims().claim("x", "a".repeat(TokenCheck.LONGEST)).build();
    assertThat(checked(Tokens.sign(claims))).isEmpty();
  }

  @Test
  void rolesMayBeATextOrNestedOrMissing() {
    JWTClaimsSet claims =
        Tokens.claims()
            .claim("scope", "ops  read")
            .claim("realm_access", Map.of("roles", List.of("dba", 7)))
            .claim("a.b", List.of("dotted"))
            .claim("email", "alice@example.com")
            .build();
    String token = Tokens.sign(claims);
    assertThat(roles("scope", token)).containsExactlyInAnyOrder("ops", "read");
    assertThat(roles("realm_access.roles", token)).containsExactly("dba");
    assertThat(roles("a.b", token)).containsExactly("dotted");
    assertThat(roles("nothing.there", token)).isEmpty();
    assertThat(check("roles", "email", Tokens.NOW).check(token))
        .hasValueSatisfying(i -> assertThat(i.subject()).isEqualTo("alice@example.com"));
  }

  private Set<String> roles(String claim, String token) {
    return check(claim, "sub", Tokens.NOW).check(token).orElseThrow().roles();
  }

  @Property
  void whateverIsShownNothingIsThrown(@ForAll String text) {
    BearerSettings settings =
        new BearerSettings("i", "a", new KeySource.File(Path.of("/nowhere")), "roles", "sub");
    TokenCheck check = new TokenCheck(settings, System::nanoTime, Clock.systemUTC());
    assertThat(check.check(text)).isEmpty();
  }
}
