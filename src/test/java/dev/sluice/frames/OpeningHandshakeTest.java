package dev.sluice.frames;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.frames.OpeningHandshake.Accepted;
import dev.sluice.frames.OpeningHandshake.Answer;
import dev.sluice.frames.OpeningHandshake.Refused;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may become a WebSocket (RFC 6455 §4.2.1), with the key of its example (§1.3). */
class OpeningHandshakeTest {

  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  OpeningHandshakeTest() {
    set("Upgrade", "websocket");
    set("Connection", "Upgrade");
    set("Sec-WebSocket-Version", "13");
    set("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  }

  private void set(String name, String... lines) {
    headers.put(name, Arrays.asList(lines));
  }

  private Answer check(String method, String protocol) {
    return OpeningHandshake.check(method, protocol, name -> headers.getOrDefault(name, List.of()));
  }

  private void assertRefused(int status, Map<String, String> fields) {
    assertThat(check("GET", "HTTP/1.1"))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(status);
              assertThat(refused.headers()).isEqualTo(fields);
              assertThat(refused.reason()).isNotBlank();
            });
  }

  @Test
  void theExampleOfTheSpecificationIsAccepted() {
    assertThat(check("GET", "HTTP/1.1")).isEqualTo(new Accepted("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "HEAD", "get", "CONNECT", ""})
  void onlyGetOpensAWebSocket(String method) {
    assertThat(check(method, "HTTP/1.1"))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(405);
              assertThat(refused.headers()).isEqualTo(Map.of("Allow", "GET"));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "HTTP/1.1, true",
    "HTTP/1.2, true",
    "HTTP/2, true",
    "HTTP/2.0, true",
    "HTTP/1.0, false",
    "HTTP/0.9, false",
    "HTTP/1, false",
    "http/1.1, false",
    "HTTP/1.1x, false",
    "'', false",
  })
  void theProtocolIsHttp11OrLater(String protocol, boolean accepted) {
    assertThat(check("GET", protocol) instanceof Accepted).isEqualTo(accepted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "WebSocket", "h2c, websocket", " websocket ,h2c"})
  void upgradeNamesTheWebSocketInAnyCaseAmongOthers(String value) {
    set("Upgrade", value);

    assertThat(check("GET", "HTTP/1.1")).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "h2c", "websockets", "web socket", "websocket/13"})
  void withoutUpgradeToAWebSocketOneIsAskedFor(String value) {
    set("Upgrade", value);

    assertRefused(426, Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", "13"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Upgrade", "upgrade", "keep-alive, Upgrade", "keep-alive,upgrade,x"})
  void connectionHasUpgradeAmongOthers(String value) {
    set("Connection", value);

    assertThat(check("GET", "HTTP/1.1")).isInstanceOf(Accepted.class);
  }

  @Test
  void tokensMayComeOnSeveralLines() {
    set("Connection", "keep-alive", "Upgrade");
    set("Upgrade", "h2c", "websocket");

    assertThat(check("GET", "HTTP/1.1")).isInstanceOf(Accepted.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "close", "keep-alive", "upgraded"})
  void withoutConnectionUpgradeItIsABadRequest(String value) {
    set("Connection", value);

    assertRefused(400, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "8", "12", "14", "013", "13, 8", "x"})
  void anotherVersionIsToldTheRightOne(String value) {
    set("Sec-WebSocket-Version", value);

    assertRefused(426, Map.of("Upgrade", "websocket", "Sec-WebSocket-Version", "13"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "dGhlIHNhbXBsZSBub25jZQ",
        "dGhlIHNhbXBsZSBub25jZQ=",
        "dGhlIHNhbXBsZSBub25jZQ===",
        "dGhlIHNhbXBsZSBub25jZTE=",
        "dGhlIHNhbXBsZSBub25jZTEy",
        "dGhlIHNhbXBsZSBub25j",
        "dGhlIHNhbXBs-SBub25jZQ==",
        "dGhlIHNhbXBsZSBub25jZQ==dGhlIHNhbXBsZSBub25jZQ==",
        "========================",
        "not base64 at all, no no"
      })
  void aKeyThatIsNot16BytesInBase64IsABadRequest(String value) {
    set("Sec-WebSocket-Key", value);

    assertRefused(400, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Sec-WebSocket-Key", "Sec-WebSocket-Version"})
  void whatMustComeOnceMustNotComeTwiceNorNever(String name) {
    String once = headers.get(name).get(0);

    set(name, once, once);
    assertThat(check("GET", "HTTP/1.1")).isInstanceOf(Refused.class);
    set(name);
    assertThat(check("GET", "HTTP/1.1")).isInstanceOf(Refused.class);
    set(name, "  " + once + " ");
    assertThat(check("GET", "HTTP/1.1")).isInstanceOf(Accepted.class);
  }

  @Test
  void theAnswerHasEveryFieldAndNoLineOfAValuesMaking() {
    ByteBuffer answer =
        OpeningHandshake.response(
            new Accepted("abc="),
            List.of(
                Map.entry("Set-Cookie", "a=1"),
                Map.entry("Set-Cookie", "b=2\r\nX-Evil: 1\0"),
                Map.entry("Sec-WebSocket-Protocol", "binary")));

    assertThat(StandardCharsets.ISO_8859_1.decode(answer).toString().split("\r\n", -1))
        .containsExactly(
            "HTTP/1.1 101 Switching Protocols",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Accept: abc=",
            "Set-Cookie: a=1",
            "Set-Cookie: b=2  X-Evil: 1 ",
            "Sec-WebSocket-Protocol: binary",
            "",
            "");
  }
}
