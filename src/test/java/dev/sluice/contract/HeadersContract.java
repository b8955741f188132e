package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.WsHandshake;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The security headers, on answers of every kind. */
abstract class HeadersContract extends GatewayContract {

  static void assertDressed(HttpReply reply) {
    String csp = reply.header("Content-Security-Policy");
    assertThat(csp)
        .as(reply.toString())
        .contains("default-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(reply.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(reply.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
    assertThat(reply.header("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/app.js",
        "/nothing-here",
        "/api/nothing-here",
        "/health/ready",
        "/metrics",
        "/api/whoami",
        "/api/tickets",
        "/tunnel/echo",
        "/ping/x",
        "/ping/10.1.2.3:22",
      })
  void everyAnswerOverHttpHasThem(String path) throws Exception {
    assertDressed(Http.get(gateway().http(path)));
  }

  @Test
  void everyRefusedHandshakeHasThem() throws Exception {
    assertDressed(ask("/tunnel/unheard-of", "X", "y"));
    assertDressed(ask("/tunnel?host=127.0.0.1&port=0", "X", "y"));
    assertDressed(ask("/tunnel/echo", "Origin", "https://evil.example"));
    assertDressed(ask("/tunnel/echo", "Authorization", "Bearer x"));
  }

  private HttpReply ask(String path, String header, String value) throws IOException {
    return WsHandshake.to(gateway().ws(path)).header(header, value).ask();
  }

  @Test
  void whoComesByTlsIsToldToStay() throws Exception {
    Map<String, String> byTls = Map.of("X-Forwarded-Proto", "https");
    HttpReply reply = Http.get(gateway().http("/health/live"), byTls);
    assertThat(reply.header("Strict-Transport-Security")).isEqualTo("max-age=31536000");
    assertThat(Http.get(gateway().http("/health/live")).headers())
        .doesNotContainKey("strict-transport-security");
    HttpReply refused = ask("/tunnel?host=127.0.0.1&port=0", "X-Forwarded-Proto", "https");
    assertThat(refused.header("Strict-Transport-Security")).isNotEmpty();
  }

  @Test
  void behindAProxyOfOursTheOwnOriginIsWhatTheClientSees() throws Exception {
    String authority = gateway().base().getAuthority();
    HttpReply reply =
        WsHandshake.to(gateway().ws("/tunnel/echo"))
            .header("X-Forwarded-Proto", "https")
            .header("Origin", "https://" + authority)
            .ask();
    assertThat(reply.status()).as(reply.toString()).isEqualTo(101);
  }
}
