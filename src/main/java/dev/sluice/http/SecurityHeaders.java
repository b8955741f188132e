package dev.sluice.http;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The headers that every answer has, refusals and errors among them, whoever writes it: what
 * browsers may do with what the gateway serves, which is as little as its own page needs.
 */
public final class SecurityHeaders {

  private static final Map<String, String> STAY =
      Map.of("Strict-Transport-Security", "max-age=31536000");
  private static final Map<String, String> PLAIN = plain();
  private static final Map<String, String> OVER_TLS = overTls();

  private SecurityHeaders() {}

  /**
   * By name, in the order in which to write them.
   *
   * @param tls whether the client came by https, so that it may be told to stay with it
   */
  public static Map<String, String> of(boolean tls) {
    return tls ? OVER_TLS : PLAIN;
  }

  /** Those of a 101, which shows nothing; {@code tls} as of {@link #of}. */
  public static Map<String, String> ofUpgrade(boolean tls) {
    return tls ? STAY : Map.of();
  }

  private static Map<String, String> plain() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(
        "Content-Security-Policy",
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
            + " frame-ancestors 'none'");
    headers.put("X-Content-Type-Options", "nosniff");
    headers.put("Referrer-Policy", "no-referrer");
    headers.put("Cross-Origin-Opener-Policy", "same-origin");
    headers.put("Cross-Origin-Resource-Policy", "same-origin");
    return Collections.unmodifiableMap(headers);
  }

  private static Map<String, String> overTls() {
    Map<String, String> headers = new LinkedHashMap<>(PLAIN);
    headers.putAll(STAY);
    return Collections.unmodifiableMap(headers);
  }
}
