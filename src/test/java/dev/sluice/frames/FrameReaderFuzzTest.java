package dev.sluice.frames;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Random;

/** Any bytes at all, as the connection brings them. */
class FrameReaderFuzzTest {

  @FuzzTest(maxDuration = "10m")
  void anyBytesGiveTheSameEventsInAnyPieces(byte[] bytes) {
    List<Received.Event> whole = Received.from(new ClientFrames().raw(bytes));
    Random random = new Random(bytes.length);

    assertThat(Received.from(bytes, FrameLimits.DEFAULTS, left -> 1, true)).isEqualTo(whole);
    assertThat(Received.from(bytes, FrameLimits.DEFAULTS, left -> 1 + random.nextInt(left), false))
        .isEqualTo(whole);
  }
}
