package dev.sluice.bench.trial;

import dev.sluice.bench.peer.Peer;
import dev.sluice.bench.proc.ProcessTree;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The time that a test measures: its length and the processor time that was taken in it. */
final class Window {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final double NANOS = 1e9;

  private final Optional<ProcessTree> process;
  private final Thread client = Thread.currentThread();
  private final Thread target;
  private final LongSupplier counter;
  private long counted;
  private double peerCpu;
  private double clientCpu;
  private double targetCpu;
  private double seconds;

  private Window(Lab lab, Peer peer, LongSupplier counter) {
    process = peer.process();
    target = lab.target().thread();
    this.counter = counter;
  }

  /**
   * Begins now.
   *
   * @param counter of what the test is about
   */
  static Window open(Lab lab, Peer peer, LongSupplier counter) {
    Window window = new Window(lab, peer, counter);
    window.add(-1);
    return window;
  }

  /** Ends now. */
  Window shut() {
    add(1);
    return this;
  }

  private void add(int sign) {
    counted += sign * counter.getAsLong();
    seconds += sign * (System.nanoTime() / NANOS);
    peerCpu += sign * process.map(ProcessTree::cpuSeconds).orElse(0.0);
    clientCpu += sign * (THREADS.getThreadCpuTime(client.getId()) / NANOS);
    targetCpu += sign * (THREADS.getThreadCpuTime(target.getId()) / NANOS);
  }

  /** By how much the counter grew. */
  long counted() {
    return counted;
  }

  /** By how much it grew in a second. */
  double rate() {
    return counted / seconds;
  }

  /** The peer's processor time, in seconds. */
  double peerCpu() {
    return peerCpu;
  }

  /** Puts the length, and how many processors each part of it kept busy. */
  Figures put(Figures figures) {
    figures.put("seconds", seconds);
    process.ifPresent(p -> figures.put("cpu_cores", peerCpu / seconds));
    return figures
        .put("client_cores", clientCpu / seconds)
        .put("target_cores", targetCpu / seconds);
  }

  /** The same of a test that counts bytes: how fast they were, and what they cost. */
  Figures putBytes(Figures figures) {
    put(figures).put("mb_s", rate() / 1e6);
    if (process.isPresent() && counted > 0) {
      figures.put("cpu_s_per_gb", peerCpu / (counted / 1e9));
    }
    return figures;
  }
}
