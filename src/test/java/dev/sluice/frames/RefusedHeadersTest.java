package dev.sluice.frames;

import static dev.sluice.frames.ClientFrames.FIN;
import static dev.sluice.frames.ClientFrames.hex;
import static dev.sluice.frames.Received.data;
import static dev.sluice.frames.Received.violation;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reserved bits and opcodes, missing masks, wrong lengths: families 3 and 4, and §5.2. */
class RefusedHeadersTest {

  private static final byte[] HELLO = ClientFrames.utf8("Hello, world!");

  static IntStream reservedBits() {
    return IntStream.range(1, 8)
        .flatMap(
            bits ->
                IntStream.of(
                    FIN | bits << 4 | Opcode.TEXT,
                    FIN | bits << 4 | Opcode.BINARY,
                    FIN | bits << 4 | Opcode.PING,
                    FIN | bits << 4 | Opcode.PONG,
                    FIN | bits << 4 | Opcode.CLOSE));
  }

  @ParameterizedTest
  @MethodSource("reservedBits")
  void aReservedBitIsRefused(int first) {
    ClientFrames stream = new ClientFrames().binary(HELLO).frame(first, HELLO).ping(HELLO);

    assertThat(Received.from(stream))
        .containsExactly(data(HELLO), violation(1002, "reserved bit set"));
    assertThat(Received.from(stream, 1)).isEqualTo(Received.from(stream));
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
  void aReservedOpcodeIsRefused(int opcode) {
    ClientFrames empty = new ClientFrames().text("a").frame(FIN | opcode, new byte[0]);
    ClientFrames full = new ClientFrames().text("a").frame(FIN | opcode, HELLO);

    assertThat(Received.from(empty))
        .containsExactly(data(new byte[] {'a'}), violation(1002, "reserved opcode"));
    assertThat(Received.from(full, 1)).isEqualTo(Received.from(empty));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 8, 9, 10})
  void aFrameWithoutMaskIsRefused(int opcode) {
    ClientFrames stream = new ClientFrames().raw(new byte[] {(byte) (FIN | opcode), 1, 0});

    assertThat(Received.from(stream)).containsExactly(violation(1002, "frame not masked"));
  }

  @ParameterizedTest
  @CsvSource({
    "82 fe 00 00, length not minimal",
    "82 fe 00 7d, length not minimal",
    "82 ff 00 00 00 00 00 00 00 01, length not minimal",
    "82 ff 00 00 00 00 00 00 ff ff, length not minimal",
    "82 ff 80 00 00 00 00 00 00 00, length out of range",
    "82 ff ff ff ff ff ff ff ff ff, length out of range",
    "89 fe, control frame too long",
    "88 ff, control frame too long",
  })
  void aWrongLengthIsRefusedBeforeItsPayloadComes(String header, String reason) {
    ClientFrames stream = new ClientFrames().raw(hex(header));

    assertThat(Received.from(stream)).containsExactly(violation(1002, reason));
    assertThat(Received.from(stream, 1)).isEqualTo(Received.from(stream));
  }

  @ParameterizedTest
  @CsvSource({"82 fe 00 7e", "82 fe ff ff", "82 ff 00 00 00 00 00 01 00 00", "82 fd"})
  void theLeastAndMostOfEachLengthAreFine(String header) {
    assertThat(Received.from(new ClientFrames().raw(hex(header)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcode.CLOSE, Opcode.PING, Opcode.PONG})
  void aFragmentedControlFrameIsRefused(int opcode) {
    ClientFrames stream = new ClientFrames().frame(opcode, new byte[0]).frame(FIN, new byte[0]);

    assertThat(Received.from(stream)).containsExactly(violation(1002, "fragmented control frame"));
  }
}
