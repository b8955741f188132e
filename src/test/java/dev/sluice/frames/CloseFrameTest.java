package dev.sluice.frames;

import static dev.sluice.frames.ClientFrames.FIN;
import static dev.sluice.frames.ClientFrames.hex;
import static dev.sluice.frames.ClientFrames.utf8;
import static dev.sluice.frames.Received.closed;
import static dev.sluice.frames.Received.data;
import static dev.sluice.frames.Received.violation;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a close frame may say and what comes after it: family 7 of the Autobahn suite. */
class CloseFrameTest {

  private static void assertReceived(ClientFrames stream, Received.Event... expected) {
    assertThat(Received.from(stream)).containsExactly(expected);
    assertThat(Received.from(stream, 1)).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000,
        4999
      })
  void aCodeThatMayBeSentIsTaken(int code) {
    assertReceived(new ClientFrames().close(code, "bye"), closed(code, "bye"));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 0x8000, 65_535})
  void aCodeThatMustNotBeSentIsRefused(int code) {
    assertReceived(new ClientFrames().close(code, "bye"), violation(1002, "invalid close code"));
  }

  @Test
  void aCloseFrameMayBeEmpty() {
    assertReceived(new ClientFrames().close(new byte[0]), closed(CloseCode.NONE, ""));
  }

  @Test
  void halfACodeIsRefused() {
    assertReceived(new ClientFrames().close(new byte[1]), violation(1002, "close code cut short"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 122, 123})
  void aReasonMayFillTheFrame(int length) {
    String reason = "*".repeat(length);

    assertReceived(new ClientFrames().close(1000, reason), closed(1000, reason));
  }

  @Test
  void aReasonMayBeAnyText() {
    assertReceived(new ClientFrames().close(1001, "κόσμε 🌍"), closed(1001, "κόσμε 🌍"));
  }

  @Test
  void aFrameOfMoreThan125BytesIsRefused() {
    assertReceived(
        new ClientFrames().close(1000, "*".repeat(124)), violation(1002, "control frame too long"));
  }

  @ParameterizedTest
  @CsvSource({"03 e8 ce ba ed a0 80", "03 e8 80", "03 e8 f0 9f 8c", "03 e8 61 c2"})
  void aReasonThatIsNotUtf8IsRefused(String payload) {
    assertReceived(
        new ClientFrames().close(hex(payload)), violation(1007, "close reason is not UTF-8"));
  }

  @Test
  void whatComesAfterTheCloseFrameIsDiscarded() {
    ClientFrames stream = new ClientFrames().text("a").close(1000, "").close(1001, "again");
    stream.ping(utf8("p")).text("late").frame(FIN, utf8("x")).raw(hex("ff ff ff"));

    assertReceived(stream, data(utf8("a")), closed(1000, ""));
  }

  @Test
  void aMessageMayBeLeftUnfinished() {
    ClientFrames stream = new ClientFrames().frame(Opcode.TEXT, hex("61 c3")).close(1000, "");

    assertReceived(stream.frame(FIN, hex("a4")), data(hex("61 c3")), closed(1000, ""));
  }

  @Test
  void aQuarterOfAMebibyteBeforeTheCloseFrameArrivesFirst() {
    byte[] payload = ClientFrames.pattern(262_144);

    assertThat(Received.from(new ClientFrames().binary(payload).close(1000, ""), 1460))
        .containsExactly(data(payload), closed(1000, ""));
  }

  @Test
  void afterAViolationEverythingIsDiscarded() {
    Received received = new Received();
    FrameReader reader = new FrameReader(received, FrameLimits.DEFAULTS, () -> 0);
    int violations = 0;
    for (int i = 0; i < 3; i++) {
      ByteBuffer bytes = ByteBuffer.wrap(new ClientFrames().raw(hex("83")).text("a").bytes());
      try {
        reader.read(bytes);
        assertThat(bytes.hasRemaining()).isFalse();
      } catch (ProtocolViolation e) {
        violations++;
      }
    }

    assertThat(violations).isEqualTo(1);
    assertThat(reader.isFinished()).isTrue();
    assertThat(received.events()).isEmpty();
  }
}
