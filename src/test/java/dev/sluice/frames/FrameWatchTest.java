package dev.sluice.frames;

import static dev.sluice.frames.ClientFrames.FIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sees what the reader sees, but for what only payload shows. */
class FrameWatchTest {

  private static final int NO_TEXT = FIN | Opcode.BINARY;

  private static @Nullable Integer verdict(byte[] bytes, int most, Random random) {
    FrameWatch watch = new FrameWatch(FrameLimits.DEFAULTS, () -> 0);
    ByteBuffer all = ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    try {
      while (all.hasRemaining()) {
        int n = Math.min(all.remaining(), 1 + random.nextInt(most));
        watch.look(all.slice(all.position(), n));
        all.position(all.position() + n);
      }
      return null;
    } catch (ProtocolViolation e) {
      return e.closeCode();
    }
  }

  private static @Nullable Integer readersVerdict(byte[] bytes) {
    FrameReader reader = new FrameReader(new Quiet(), FrameLimits.DEFAULTS, () -> 0);
    try {
      reader.read(ByteBuffer.wrap(bytes.clone()));
      return null;
    } catch (ProtocolViolation e) {
      return e.closeCode();
    }
  }

  @Property(tries = 500)
  void judgesFramesAsTheReaderDoesHoweverTheyAreSplit(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(max = 255) Integer> firsts,
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 200) int most) {
    ClientFrames stream = new ClientFrames();
    for (int first : firsts) {
      int opcode = first & 0x0f;
      boolean judgedByPayload = opcode == Opcode.TEXT || opcode == Opcode.CLOSE;
      int length = random.nextInt(opcode < Opcode.CLOSE ? 300 : 127);
      stream.frame(judgedByPayload ? NO_TEXT : first, ClientFrames.pattern(length));
    }
    assertThat(verdict(stream.bytes(), most, random)).isEqualTo(readersVerdict(stream.bytes()));
  }

  @Test
  void aFloodOfPingsIsTooMuchAndACloseFrameNeverIs() {
    ClientFrames pings = new ClientFrames();
    for (int i = 0; i < FrameLimits.DEFAULTS.controlFrameBurst(); i++) {
      pings.ping(new byte[1]);
    }
    pings.close(1000, "");
    assertThat(verdict(pings.bytes(), 100, new Random(1))).isNull();
    assertThat(verdict(pings.ping(new byte[1]).bytes(), 100, new Random(1))).isEqualTo(1008);
  }

  @Test
  void emptyContinuationsAreCountedAndOtherFragmentsAreNot() {
    ClientFrames empty = new ClientFrames().frame(Opcode.BINARY, new byte[1]);
    ClientFrames full = new ClientFrames().frame(Opcode.BINARY, new byte[1]);
    for (int i = 0; i < 2 * FrameLimits.DEFAULTS.controlFrameBurst(); i++) {
      empty.frame(0, new byte[0]);
      full.frame(0, new byte[64]);
    }
    assertThat(verdict(empty.bytes(), 100, new Random(1))).isEqualTo(1008);
    assertThat(verdict(full.bytes(), 100, new Random(1))).isNull();
  }
}
