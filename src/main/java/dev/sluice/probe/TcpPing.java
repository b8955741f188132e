package dev.sluice.probe;

import dev.sluice.relay.Dial;
import dev.sluice.relay.EndCause;
import dev.sluice.relay.IoLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long a TCP connect takes: so many connects one after the other, each closed as soon
 * as it is made. Nothing is sent.
 *
 * <p>The first sample tries the addresses in turn; once one has answered, the others measure that
 * one alone. No sample takes longer than its timeout, so that the whole never takes longer than
 * their sum.
 */
public final class TcpPing {

  /** The most samples of one ping. */
  public static final int MAX_COUNT = 20;

  private final IoLoop loop;
  private final int count;
  private final Duration timeout;
  private final CompletableFuture<PingResult> result = new CompletableFuture<>();
  private final List<PingSample> samples = new ArrayList<>();
  private List<InetSocketAddress> addresses;
  private @Nullable Dial dial;

  private TcpPing(IoLoop loop, List<InetSocketAddress> addresses, int count, Duration timeout) {
    this.loop = loop;
    this.addresses = List.copyOf(addresses);
    this.count = count;
    this.timeout = timeout;
  }

  /**
   * Starts pinging. Any thread.
   *
   * @param addresses resolved and checked, at least one; nothing is looked up here
   * @param count 1 to {@link #MAX_COUNT}
   * @param timeout of each sample
   * @return completes on the loop's thread, so what depends on it must not block; never
   *     exceptionally, unless cancelled: that closes the socket and ends the ping
   */
  public static CompletableFuture<PingResult> start(
      IoLoop loop, List<InetSocketAddress> addresses, int count, Duration timeout) {
    if (addresses.isEmpty() || count < 1 || count > MAX_COUNT) {
      throw new IllegalArgumentException(addresses + ", count " + count);
    }
    TcpPing ping = new TcpPing(loop, addresses, count, timeout);
    var unused = ping.result.whenComplete((r, failure) -> loop.execute(ping::cancelDial));
    loop.execute(ping::next);
    return ping.result;
  }

  private void next() {
    if (!result.isDone()) {
      dial = Dial.start(loop, addresses, timeout, 0, 0, new Sampling());
    }
  }

  private void sampled(PingSample sample) {
    dial = null;
    samples.add(sample);
    if (samples.size() < count) {
      next();
    } else {
      result.complete(new PingResult(addresses.get(0), samples));
    }
  }

  private void cancelDial() {
    Dial current = dial;
    if (current != null) {
      current.cancel();
    }
  }

  private final class Sampling implements Dial.Listener {
    @Override
    public void connected(SocketChannel channel, SelectionKey key, long connectNanos) {
      PingSample sample;
      try (channel) {
        addresses = List.of((InetSocketAddress) channel.getRemoteAddress());
        sample = PingSample.connected(connectNanos);
      } catch (IOException e) {
        sample = PingSample.lost(ProbeFailure.CONNECT_FAILED, String.valueOf(e.getMessage()));
      }
      sampled(sample);
    }

    @Override
    public void failed(EndCause cause, String why) {
      sampled(PingSample.lost(ProbeFailure.of(cause), why));
    }
  }
}
