package dev.sluice.frames;

import static dev.sluice.frames.ClientFrames.pattern;
import static dev.sluice.frames.Received.data;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Framing at every size of the length field: families 1, 9 and 10 of the Autobahn suite. */
class FramingTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 125, 126, 127, 128, 65_535, 65_536})
  void aBinaryMessageArrivesAsItIs(int length) {
    ClientFrames stream = new ClientFrames().binary(pattern(length));

    assertThat(Received.from(stream)).containsExactly(data(pattern(length)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 125, 126, 127, 128, 65_535, 65_536})
  void aTextMessageArrivesAsItsBytes(int length) {
    String text = "*".repeat(length);

    assertThat(Received.from(new ClientFrames().text(text)))
        .containsExactly(data(ClientFrames.utf8(text)));
  }

  @Test
  void emptyMessagesCarryNothing() {
    ClientFrames stream = new ClientFrames().binary(new byte[0]).text("").binary(new byte[] {7});

    assertThat(Received.from(stream)).containsExactly(data(new byte[] {7}));
  }

  @ParameterizedTest
  @CsvSource({"125, 1", "126, 1", "65535, 997", "65536, 997", "65536, 1", "65536, 2", "65536, 6"})
  void aMessageChoppedIntoSmallReadsArrivesAsItIs(int length, int chop) {
    ClientFrames stream = new ClientFrames().binary(pattern(length)).binary(pattern(3));

    byte[] both = Arrays.copyOf(pattern(length), length + 3);
    System.arraycopy(pattern(3), 0, both, length, 3);
    assertThat(Received.from(stream, chop)).containsExactly(data(both));
  }

  @ParameterizedTest
  @CsvSource({"1, 64", "1, 4096", "2, 1300", "4, 65536", "5, 262144", "5, 6000000"})
  void aMessageOfMebibytesArrivesWhateverTheReadsAre(int mebibytes, int chop) {
    byte[] payload = pattern(mebibytes << 20);

    assertThat(Received.from(new ClientFrames().binary(payload), chop))
        .isEqualTo(List.of(data(payload)));
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 256, 1300, 4096, 65_536, 1 << 20})
  void aMessageOfMebibytesArrivesWhateverItsFragmentsAre(int fragment) {
    byte[] payload = pattern(4 << 20);
    ClientFrames stream = new ClientFrames().fragmented(Opcode.BINARY, payload, fragment);

    assertThat(Received.from(stream, 8192)).isEqualTo(List.of(data(payload)));
  }

  @ParameterizedTest
  @ValueSource(ints = {64, 4096, 1 << 20})
  void aTextOfMebibytesIsChecked(int chop) {
    String text = "κόσμε — 世界 🌍 ".repeat(40_000);
    ClientFrames stream = new ClientFrames().text(text);

    assertThat(Received.from(stream, chop)).isEqualTo(List.of(data(ClientFrames.utf8(text))));
  }

  @Test
  void payloadIsHandedOnBeforeItsFrameIsComplete() throws ProtocolViolation {
    Received received = new Received();
    FrameReader reader = new FrameReader(received, FrameLimits.DEFAULTS, () -> 0);

    reader.read(
        ByteBuffer.wrap(
            new ClientFrames()
                .header(0x82, Long.MAX_VALUE, 8)
                .raw(new byte[] {(byte) (0x9b ^ 1)})
                .bytes()));

    assertThat(received.events()).containsExactly(data(new byte[] {1}));
    assertThat(reader.isFinished()).isFalse();
  }

  @Test
  void theFramesOfOneReadAreHandedOnAsOnePartOfTheSameBuffer() throws ProtocolViolation {
    ClientFrames stream = new ClientFrames();
    for (int i = 0; i < 1_000; i++) {
      stream.binary(new byte[] {(byte) i});
    }
    ByteBuffer bytes = ByteBuffer.wrap(stream.bytes());
    List<Integer> parts = new ArrayList<>();
    FrameReader reader =
        new FrameReader(
            new Quiet() {
              @Override
              public void data(ByteBuffer part) {
                assertThat(part).isSameAs(bytes);
                parts.add(part.remaining());
              }
            },
            FrameLimits.DEFAULTS,
            () -> 0);

    reader.read(bytes);

    assertThat(parts).containsExactly(1_000);
    assertThat(bytes.hasRemaining()).isFalse();
    assertThat(bytes.limit()).isEqualTo(bytes.capacity());
  }

  @Test
  void aHandlerMayLeaveTheBufferAsItLikes() throws ProtocolViolation {
    ClientFrames stream =
        new ClientFrames().binary(pattern(9)).ping(pattern(2)).binary(pattern(300));
    ByteBuffer bytes = ByteBuffer.wrap(stream.bytes());
    List<Integer> lengths = new ArrayList<>();
    FrameReader reader =
        new FrameReader(
            new Quiet() {
              @Override
              public void data(ByteBuffer part) {
                lengths.add(part.remaining());
                part.limit(part.position() + 1);
              }

              @Override
              public void ping(ByteBuffer payload) {
                lengths.add(payload.remaining());
                payload.position(1).limit(1);
              }
            },
            FrameLimits.DEFAULTS,
            () -> 0);

    reader.read(bytes);

    assertThat(lengths).containsExactly(9, 2, 300);
  }

  @Test
  void twoHundredThousandMessagesOfOneByteAreNoOffence() {
    ClientFrames stream = new ClientFrames();
    for (int i = 0; i < 200_000; i++) {
      stream.binary(new byte[] {'x'});
    }

    assertThat(Received.from(stream, 16_384))
        .isEqualTo(List.of(data(ClientFrames.utf8("x".repeat(200_000)))));
  }
}
