package dev.sluice.frames;

import static dev.sluice.frames.ClientFrames.FIN;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** However bytes are split into reads and messages into frames, the same comes of them. */
class SplitPropertiesTest {

  /** Payloads around the lengths where the header changes, and their bytes. */
  @Provide
  Arbitrary<byte[]> payloads() {
    return Arbitraries.oneOf(
            Arbitraries.integers().between(0, 300),
            Arbitraries.of(0, 1, 7, 8, 125, 126, 127, 65_535, 65_536))
        .map(ClientFrames::pattern);
  }

  /** A frame, right or (now and then) wrong, by its first byte. */
  @Provide
  Arbitrary<Integer> firstBytes() {
    return Arbitraries.frequencyOf(
        Tuple.of(20, Arbitraries.of(FIN | Opcode.BINARY, FIN | Opcode.PING)),
        Tuple.of(6, Arbitraries.of(Opcode.BINARY, 0, FIN, FIN | Opcode.TEXT)),
        Tuple.of(1, Arbitraries.integers().between(0, 255)));
  }

  private static List<Received.Event> inPieces(byte[] stream, long seed, int most, boolean direct) {
    Random random = new Random(seed);
    return Received.from(
        stream, FrameLimits.DEFAULTS, left -> Math.min(left, random.nextInt(most + 1)), direct);
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void anySplitOfAnyFramesGivesTheSameEvents(
      @ForAll @Size(min = 1, max = 12) List<@From("firstBytes") Integer> firsts,
      @ForAll Random random,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 200) int most,
      @ForAll boolean direct) {
    ClientFrames stream = new ClientFrames();
    for (int first : firsts) {
      int length = random.nextInt((first & 0x0f) < Opcode.CLOSE ? 300 : 127);
      stream.frame(first, ClientFrames.pattern(length));
    }

    assertThat(inPieces(stream.bytes(), seed, most, direct)).isEqualTo(Received.from(stream));
  }

  @Property(tries = 500, edgeCases = EdgeCasesMode.NONE)
  void anySplitOfAnyBytesGivesTheSameEvents(
      @ForAll @Size(max = 400) byte[] bytes,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 50) int most,
      @ForAll boolean direct) {
    assertThat(inPieces(bytes, seed, most, direct))
        .isEqualTo(Received.from(new ClientFrames().raw(bytes)));
  }

  @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
  void anyFragmentationCarriesTheSamePayload(
      @ForAll("payloads") byte[] payload,
      @ForAll @IntRange(min = 20, max = 70_000) int fragment,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 70_000) int most,
      @ForAll boolean direct) {
    ClientFrames stream =
        new ClientFrames().fragmented(Opcode.BINARY, payload, fragment).close(1000, "");

    List<Received.Event> events = inPieces(stream.bytes(), seed, most, direct);

    Received.Event end = Received.closed(1000, "");
    assertThat(events)
        .isEqualTo(payload.length == 0 ? List.of(end) : List.of(Received.data(payload), end));
  }
}
