package dev.sluice.bench.trial;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.Link;
import java.io.IOException;
import java.util.ArrayDeque;

/** Clients that close once their message is back, and come again. */
final class ChurningCrowd extends EchoCrowd {

  private static final long MOST_NANOS = 5_000_000_000L;

  private final ArrayDeque<Integer> ended = new ArrayDeque<>();
  private long cycles;

  ChurningCrowd(Address address) {
    super(address);
  }

  /** Keeps {@code workers} of them at it. */
  void churnFor(double seconds, int workers) {
    while (links().size() < workers) {
      add();
    }
    long until = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() - until < 0) {
      turn();
    }
  }

  /** Runs through so many whole cycles, or as many as fit into the time. */
  void churn(long wanted, int workers, double seconds) {
    long until = System.nanoTime() + (long) (seconds * 1e9);
    while (links().size() < workers) {
      add();
    }
    while (cycles < wanted && System.nanoTime() - until < 0) {
      turn();
    }
  }

  /** Begins no more cycles and waits for those under way: none may reach the next test's target. */
  void stop(double seconds) {
    pollFor(seconds, () -> links().stream().allMatch(l -> l.state() == Link.State.ENDED));
  }

  private void turn() {
    poll();
    for (Integer number = ended.poll(); number != null; number = ended.poll()) {
      replace(number);
    }
    long now = System.nanoTime();
    links().stream().filter(l -> now - l.startedAt() > MOST_NANOS).forEach(Link::abort);
  }

  @Override
  public void opened(Link link) throws IOException {
    super.opened(link);
    send(link);
  }

  @Override
  void echoed(Link link) throws IOException {
    cycles++;
    link.close();
  }

  @Override
  public void ended(Link link) {
    super.ended(link);
    ended.add(link.number());
  }

  /** Connections whose message came back. */
  long cycles() {
    return cycles;
  }
}
