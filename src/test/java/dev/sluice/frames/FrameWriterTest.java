package dev.sluice.frames;

import static dev.sluice.frames.ClientFrames.hex;
import static dev.sluice.frames.ClientFrames.pattern;
import static dev.sluice.frames.ClientFrames.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bytes of a server's frames, against RFC 6455 §5.2 and its examples in §5.7. */
class FrameWriterTest {

  private static String content(ByteBuffer bytes) {
    byte[] result = new byte[bytes.remaining()];
    bytes.duplicate().get(result);
    return HexFormat.ofDelimiter(" ").formatHex(result);
  }

  private static String written(ByteBuffer target) {
    return content(target.duplicate().flip());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 82 00",
    "1, 82 01",
    "125, 82 7d",
    "126, 82 7e 00 7e",
    "256, 82 7e 01 00",
    "65535, 82 7e ff ff",
    "65536, 82 7f 00 00 00 00 00 01 00 00",
    "1048576, 82 7f 00 00 00 00 00 10 00 00",
    "9223372036854775807, 82 7f 7f ff ff ff ff ff ff ff",
  })
  void theHeaderHasTheShortestLengthThatFits(long length, String expected) {
    ByteBuffer head = ByteBuffer.allocateDirect(FrameWriter.HEAD_ROOM);
    head.order(ByteOrder.LITTLE_ENDIAN);
    head.putLong(-1).position(3); // used before

    assertThat(content(FrameWriter.binaryHeader(head, length))).isEqualTo(expected);
    assertThat(head.remaining()).isEqualTo(FrameWriter.headerLength(length));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 1_048_576})
  void aHeaderBeforeThePayloadMakesOneFrameOfTheBuffer(int length) {
    ByteBuffer buffer = ByteBuffer.allocate(FrameWriter.HEAD_ROOM + length + 3);
    buffer.position(FrameWriter.HEAD_ROOM).put(pattern(length)).flip();
    buffer.position(FrameWriter.HEAD_ROOM);
    ByteBuffer header = FrameWriter.binaryHeader(ByteBuffer.allocate(10), length);
    ByteBuffer expected = ByteBuffer.allocate(header.remaining() + length);
    expected.put(header).put(pattern(length)).flip();

    assertThat(FrameWriter.prependBinaryHeader(buffer)).isSameAs(buffer).isEqualTo(expected);
  }

  @Test
  void aHeaderNeedsRoomBeforeThePayload() {
    ByteBuffer tight = ByteBuffer.allocate(130).position(3);

    assertThatThrownBy(() -> FrameWriter.prependBinaryHeader(tight))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no room");
    assertThat(tight.position()).isEqualTo(3);
    assertThat(FrameWriter.prependBinaryHeader(tight.limit(5)).remaining()).isEqualTo(4);
  }

  @Test
  void pingsAndPongsAreThoseOfTheSpecification() {
    ByteBuffer target = ByteBuffer.allocate(2 * FrameWriter.CONTROL_FRAME);

    FrameWriter.ping(target, ByteBuffer.wrap(utf8("Hello")));
    FrameWriter.pong(target, ByteBuffer.wrap(utf8("Hello")));

    assertThat(written(target)).isEqualTo("89 05 48 65 6c 6c 6f 8a 05 48 65 6c 6c 6f");
  }

  @Test
  void aControlFrameOf125BytesIsTheLongest() {
    ByteBuffer target = ByteBuffer.allocate(FrameWriter.CONTROL_FRAME);

    FrameWriter.pong(target, ByteBuffer.wrap(pattern(125)));

    assertThat(target.hasRemaining()).isFalse();
    assertThat(target.get(1)).isEqualTo((byte) 125);
    assertThatThrownBy(
            () -> FrameWriter.ping(ByteBuffer.allocate(200), ByteBuffer.wrap(pattern(126))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aCloseFrameHasCodeAndReason() {
    ByteBuffer target = ByteBuffer.allocate(FrameWriter.CONTROL_FRAME);

    FrameWriter.close(target, 4403, "nö");

    assertThat(written(target)).isEqualTo("88 05 11 33 6e c3 b6");
  }

  @Test
  void aCloseFrameWithoutCodeIsEmpty() {
    ByteBuffer target = ByteBuffer.allocate(FrameWriter.CONTROL_FRAME);

    FrameWriter.close(target, CloseCode.NONE, "");

    assertThat(written(target)).isEqualTo("88 00");
  }

  @ParameterizedTest
  @ValueSource(ints = {999, 1004, 1006, 1015, 2999, 5000})
  void aCodeThatMustNotBeSentIsADefect(int code) {
    assertThatThrownBy(() -> FrameWriter.close(ByteBuffer.allocate(200), code, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({"123, 123", "124, 123", "4000, 123"})
  void aLongReasonIsCut(int length, int kept) {
    ByteBuffer target = ByteBuffer.allocate(FrameWriter.CONTROL_FRAME);

    FrameWriter.close(target, 1000, "x".repeat(length));

    assertThat(target.position()).isEqualTo(4 + kept);
    assertThat(target.get(1)).isEqualTo((byte) (2 + kept));
  }

  @ParameterizedTest
  @CsvSource({"0, 120", "1, 121", "2, 122", "3, 123"})
  void aReasonIsNeverCutWithinACodePoint(int before, int kept) {
    ByteBuffer target = ByteBuffer.allocate(FrameWriter.CONTROL_FRAME);

    FrameWriter.close(target, 1000, "x".repeat(before) + "🌍".repeat(40));

    assertThat(target.position()).isEqualTo(4 + kept);
  }

  @Test
  void theLatestPingIsAnsweredAndNoOther() {
    PendingPong pong = new PendingPong();
    ByteBuffer target = ByteBuffer.allocate(2 * FrameWriter.CONTROL_FRAME);

    assertThat(pong.moveTo(target)).isFalse();
    assertThat(pong.answer(ByteBuffer.wrap(pattern(125)))).isTrue();
    assertThat(pong.answer(ByteBuffer.wrap(hex("0a 0b")))).isFalse();
    assertThat(pong.waits()).isTrue();
    assertThat(pong.moveTo(target)).isTrue();

    assertThat(written(target)).isEqualTo("8a 02 0a 0b");
    assertThat(pong.waits()).isFalse();
    assertThat(pong.moveTo(target)).isFalse();
    assertThat(pong.answer(ByteBuffer.allocate(0))).isTrue();
    assertThat(pong.moveTo(target)).isTrue();
    assertThat(written(target)).isEqualTo("8a 02 0a 0b 8a 00");
  }
}
