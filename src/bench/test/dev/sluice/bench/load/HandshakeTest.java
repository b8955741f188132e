package dev.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HandshakeTest {

  private static final String GOOD =
      """
      HTTP/1.1 101 Switching Protocols
      Upgrade: websocket
      Connection: Upgrade
      Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=

      """
          .replace("\n", "\r\n");

  @Test
  void asksForThePathAndOffersTheSubprotocol() {
    Handshake handshake = Handshake.of("127.0.0.1:80", "/t?host=h", "binary");
    String request = new String(handshake.request().array(), StandardCharsets.ISO_8859_1);
    assertThat(request)
        .startsWith("GET /t?host=h HTTP/1.1\r\nHost: 127.0.0.1:80\r\n")
        .contains("\r\nSec-WebSocket-Protocol: binary\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void whatFollowsTheAnswerIsLeft() throws Exception {
    ByteBuffer wire = ascii(GOOD + "rest");
    assertThat(new Handshake.Answer().accept(wire)).isTrue();
    assertThat(wire.remaining()).isEqualTo(4);
  }

  @Test
  void anAnswerMayComeByteByByte() throws Exception {
    Handshake.Answer answer = new Handshake.Answer();
    for (int i = 0; i < GOOD.length() - 1; i++) {
      assertThat(answer.accept(ascii(GOOD.substring(i, i + 1)))).isFalse();
    }
    assertThat(answer.accept(ascii("\n"))).isTrue();
  }

  @Test
  void anyOtherAnswerIsAnError() {
    for (String bad :
        new String[] {
          "HTTP/1.1 503 Overloaded\r\n\r\n", GOOD.replace("s3pP", "s3pQ"), "x".repeat(9000)
        }) {
      assertThatThrownBy(() -> new Handshake.Answer().accept(ascii(bad)))
          .isInstanceOf(ProtocolException.class);
    }
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
