package dev.sluice.frames;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Unmasking by words is unmasking byte by byte (RFC 6455 §5.3). */
class MaskPropertiesTest {

  private static byte[] naive(byte[] payload, int from, int length, byte[] key) {
    byte[] result = Arrays.copyOfRange(payload, from, from + length);
    for (int i = 0; i < length; i++) {
      result[i] ^= key[i % 4];
    }
    return result;
  }

  private static int word(byte[] key, int rotation) {
    return Integer.rotateLeft(ByteBuffer.wrap(key).getInt(), 8 * rotation);
  }

  private static ByteBuffer buffer(byte[] content, boolean direct, boolean littleEndian) {
    int before = 3; // so that a heap buffer begins inside its array
    int room = before + content.length;
    ByteBuffer whole = direct ? ByteBuffer.allocateDirect(room) : ByteBuffer.allocate(room);
    ByteBuffer buffer = whole.position(before).slice();
    buffer.order(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    return buffer.put(content).flip();
  }

  @Property(tries = 2_000, edgeCases = EdgeCasesMode.NONE)
  void atAnyOffsetLengthAndShift(
      @ForAll @Size(min = 1, max = 300) byte[] content,
      @ForAll @Size(4) byte[] key,
      @ForAll @IntRange(max = 20) int start,
      @ForAll @IntRange(max = 20) int shift,
      @ForAll @IntRange(max = 20) int end,
      @ForAll boolean direct,
      @ForAll boolean littleEndian) {
    int from = Math.min(start, content.length);
    int to = Math.max(from - shift, 0);
    int length = Math.max(content.length - end - from, 0);
    ByteBuffer buffer = buffer(content, direct, littleEndian);

    assertUnmasked(buffer, content, key, from, to, length);

    assertThat(buffer.position()).isZero();
    assertThat(buffer.order())
        .isEqualTo(littleEndian ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
  }

  @Example
  void atEveryShortOffsetLengthAndShift() {
    byte[] content = ClientFrames.pattern(48);
    byte[] key = ClientFrames.hex("01 82 43 c4");
    for (int from = 0; from <= 15; from++) {
      for (int to = 0; to <= from; to++) {
        for (int length = 0; length <= content.length - from; length++) {
          assertUnmasked(buffer(content, false, false), content, key, from, to, length);
          assertUnmasked(buffer(content, true, true), content, key, from, to, length);
        }
      }
    }
  }

  /** In direct memory long payloads go another way, a piece of 8 KiB at a time. */
  @Example
  void atLengthsAroundAPieceOfDirectMemory() {
    byte[] key = ClientFrames.hex("c4 82 43 01");
    for (int length : new int[] {504, 511, 512, 519, 520, 8191, 8192, 8193, 8200, 16_384, 20_001}) {
      byte[] content = ClientFrames.pattern(length + 9);
      for (int to : new int[] {0, 1, 8}) {
        assertUnmasked(buffer(content, true, false), content, key, 8, to, length);
        assertUnmasked(buffer(content, true, true), content, key, 8, to, length);
      }
    }
  }

  private static void assertUnmasked(
      ByteBuffer buffer, byte[] content, byte[] key, int from, int to, int length) {
    int next = Mask.apply(buffer, from, to, length, word(key, 0));

    byte[] actual = new byte[content.length];
    buffer.get(0, actual);
    byte[] expected = content.clone();
    System.arraycopy(naive(content, from, length, key), 0, expected, to, length);
    // what moved leaves bytes behind that are nobody's
    System.arraycopy(actual, to + length, expected, to + length, from - to);
    assertThat(Arrays.equals(actual, expected))
        .as("%d bytes from %d to %d", length, from, to)
        .isTrue();
    assertThat(next).isEqualTo(word(key, length % 4));
  }

  @Property(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
  void inAnyTwoPartsAsInOne(
      @ForAll @Size(max = 200) byte[] content,
      @ForAll @Size(4) byte[] key,
      @ForAll @IntRange(max = 200) int cut,
      @ForAll boolean direct) {
    int first = Math.min(cut, content.length);
    ByteBuffer buffer = buffer(content, direct, false);

    int next = Mask.apply(buffer, 0, 0, first, word(key, 0));
    Mask.apply(buffer, first, first, content.length - first, next);

    byte[] actual = new byte[content.length];
    buffer.get(0, actual);
    assertThat(actual).isEqualTo(naive(content, 0, content.length, key));
  }
}
