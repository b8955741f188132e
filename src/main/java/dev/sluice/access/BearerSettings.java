package dev.sluice.access;

/**
 * Whose tokens are taken.
 *
 * @param issuer the {@code iss} that a token must have
 * @param audience what must be among its {@code aud}
 * @param keys where the issuer's public keys are
 * @param rolesClaim the claim that holds the roles, a list of texts or one text with spaces; dots
 *     lead into nested claims where no claim has the whole name
 * @param subjectClaim the claim that names the caller
 */
public record BearerSettings(
    String issuer, String audience, KeySource keys, String rolesClaim, String subjectClaim) {

  /** The claim that RFC 7519 §4.1.2 has for the caller. */
  public static final String SUBJECT = "sub";

  /** The claim that RFC 9068 §2.2.3.1 has for roles. */
  public static final String ROLES = "roles";
}
