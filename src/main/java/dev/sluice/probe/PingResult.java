package dev.sluice.probe;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * How a ping went.
 *
 * @param address the one that answered; when none did, the first that was tried
 * @param samples in order, at least one, the lost ones among them
 */
public record PingResult(InetSocketAddress address, List<PingSample> samples) {

  public PingResult {
    samples = List.copyOf(samples);
  }

  /** How many samples did not connect. */
  public int lost() {
    return (int) samples.stream().filter(PingSample::isLost).count();
  }

  /** The figures of the samples that connected; empty when all were lost. */
  public Optional<RoundTrips> roundTrips() {
    long[] nanos = samples.stream().filter(s -> !s.isLost()).mapToLong(PingSample::nanos).toArray();
    return nanos.length == 0 ? Optional.empty() : Optional.of(RoundTrips.of(nanos));
  }

  /** The last sample: where all were lost, its failure stands for the ping's. */
  public PingSample last() {
    return samples.get(samples.size() - 1);
  }
}
