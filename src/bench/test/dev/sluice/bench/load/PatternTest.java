package dev.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class PatternTest {

  private static final long SEED = Pattern.seed(7);

  @Test
  void wordsAreTheSeedAndMultiplesOfTheStepAdded() {
    ByteBuffer words = bytes(0, 24).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(words.getLong(0)).isEqualTo(SEED);
    assertThat(words.getLong(8)).isEqualTo(SEED + 0x9E3779B97F4A7C15L);
    assertThat(words.getLong(16)).isEqualTo(SEED + 0x3C6EF372FE94F82AL);
  }

  @Test
  void piecesOfAnyLengthAreTheSameStream() {
    ByteBuffer whole = bytes(0, 1000);
    for (int from = 0; from < 40; from++) {
      for (int length = 0; length < 40; length++) {
        assertThat(bytes(from, length)).isEqualTo(whole.slice(from, length));
      }
    }
  }

  @Test
  void aCheckTakesTheSeedFromTheStreamInWhateverPieces() {
    for (int piece : new int[] {1, 3, 8, 13, 1000}) {
      PatternCheck check = new PatternCheck();
      ByteBuffer whole = bytes(0, 1000);
      for (int at = 0; at < 1000; at += piece) {
        check.accept(whole, at, Math.min(piece, 1000 - at));
      }
      assertThat(check.wrongAt()).as("pieces of %s", piece).isEqualTo(-1);
      assertThat(check.count()).isEqualTo(1000);
      assertThat(check.seed()).isEqualTo(SEED);
    }
  }

  @Test
  void oneWrongByteIsFoundWhereverItIs() {
    for (int wrong : new int[] {8, 9, 15, 16, 500, 998, 999}) {
      ByteBuffer stream = bytes(0, 1000);
      stream.put(wrong, (byte) (stream.get(wrong) + 1));
      PatternCheck check = new PatternCheck();
      check.accept(stream, 0, 1000);
      assertThat(check.wrongAt()).isEqualTo(wrong);
    }
  }

  @Test
  void aMissingAndARepeatedByteAreFound() {
    PatternCheck missing = new PatternCheck();
    missing.accept(bytes(0, 100), 0, 100);
    missing.accept(bytes(101, 100), 0, 100);
    assertThat(missing.wrongAt()).isEqualTo(100);
    PatternCheck repeated = new PatternCheck();
    repeated.accept(bytes(0, 100), 0, 100);
    repeated.accept(bytes(99, 100), 0, 100);
    assertThat(repeated.wrongAt()).isEqualTo(100);
  }

  @Test
  void whatIsNoStreamIsWrongFromItsFirstWord() {
    PatternCheck check = new PatternCheck();
    check.accept(ByteBuffer.allocate(64), 0, 64);
    assertThat(check.wrongAt()).isZero();
  }

  private static ByteBuffer bytes(long position, int length) {
    ByteBuffer bytes = ByteBuffer.allocate(length);
    Pattern.fill(SEED, position, bytes);
    return bytes.flip();
  }
}
