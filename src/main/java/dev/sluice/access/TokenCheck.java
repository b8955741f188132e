package dev.sluice.access;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.access.ClientIdentity.Method;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides on signed tokens (RFC 7519, with the advice of RFC 8725). The signature must be by a key
 * of the issuer's own set; what a token itself says about keys ({@code jku}, {@code jwk}, {@code
 * x5u}, {@code x5c}) is never looked at. May block for some seconds while keys are read: never on a
 * loop's thread.
 */
final class TokenCheck {

  /** What a token may have, in characters. Longer ones are not even parsed. */
  static final int LONGEST = 8_192;

  /** How far the clocks of issuer and gateway may be apart. */
  static final Duration SKEW = Duration.ofSeconds(60);

  private static final int LONGEST_SUBJECT = 256;
  private static final Set<JOSEObjectType> TYPES =
      Set.of(
          JOSEObjectType.JWT,
          new JOSEObjectType("at+jwt"),
          new JOSEObjectType("application/at+jwt"));

  private final BearerSettings settings;
  private final IssuerKeys keys;
  private final Clock clock;

  TokenCheck(BearerSettings settings, LongSupplier nanos, Clock clock) {
    this.settings = settings;
    this.keys = new IssuerKeys(settings.keys(), nanos);
    this.clock = clock;
  }

  /** Whom a token names; empty where anything about it is wrong. */
  Optional<ClientIdentity> check(String token) {
    if (token.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      SignedJWT jwt = SignedJWT.parse(token);
      JWSHeader header = jwt.getHeader();
      boolean known = header.getType() == null || TYPES.contains(header.getType());
      // an extension that must be understood is one that is not understood here
      if (!known || header.getCriticalParams() != null || !header.isBase64URLEncodePayload()) {
        return Optional.empty();
      }
      boolean signed =
          keys.candidates(header.getKeyID()).stream()
              .anyMatch(key -> SignatureCheck.verifies(jwt, key));
      return signed ? identity(jwt.getJWTClaimsSet()) : Optional.empty();
    } catch (ParseException | IllegalArgumentException | IllegalStateException e) {
      return Optional.empty();
    }
  }

  private Optional<ClientIdentity> identity(JWTClaimsSet claims) {
    String subject = text(claims.getClaim(settings.subjectClaim()));
    boolean valid =
        settings.issuer().equals(claims.getIssuer())
            && claims.getAudience().contains(settings.audience())
            && isNow(claims.getNotBeforeTime(), claims.getExpirationTime())
            && !subject.isEmpty()
            && subject.length() <= LONGEST_SUBJECT;
    return valid
        ? Optional.of(new ClientIdentity(subject, roles(claims.getClaims()), Method.BEARER))
        : Optional.empty();
  }

  /** Both ends must be there: a token without one is a password that never expires. */
  private boolean isNow(@Nullable Date notBefore, @Nullable Date expires) {
    Instant now = clock.instant();
    return notBefore != null
        && expires != null
        && !now.plus(SKEW).isBefore(notBefore.toInstant())
        && now.minus(SKEW).isBefore(expires.toInstant());
  }

  private Set<String> roles(Map<String, Object> claims) {
    Object found = claims.get(settings.rolesClaim());
    if (found == null) {
      found = nested(claims, List.of(settings.rolesClaim().split("\\.", -1)));
    }
    Stream<String> roles =
        found instanceof Collection<?> list
            ? list.stream().map(TokenCheck::text)
            : Arrays.stream(text(found).split(" ", -1));
    return roles.filter(role -> !role.isEmpty()).collect(Collectors.toUnmodifiableSet());
  }

  private static @Nullable Object nested(Map<?, ?> claims, List<String> path) {
    Object at = claims;
    for (String name : path) {
      at = at instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return at;
  }

  private static String text(@Nullable Object claim) {
    return claim instanceof String text ? text : "";
  }
}
