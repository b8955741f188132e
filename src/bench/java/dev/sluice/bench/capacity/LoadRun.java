package dev.sluice.bench.capacity;

import dev.sluice.bench.load.Address;
import dev.sluice.bench.load.Batch;
import dev.sluice.bench.load.Crowd;
import dev.sluice.bench.load.EchoConnection;
import dev.sluice.bench.load.Pace;
import dev.sluice.bench.load.PulseCrowd;
import dev.sluice.bench.load.PulseCrowd.Beat;
import dev.sluice.bench.load.SinkConnection;
import dev.sluice.bench.load.SlowCrowd;
import dev.sluice.bench.load.SourceConnection;
import dev.sluice.bench.load.Target;
import dev.sluice.bench.proc.TimeWaits;
import dev.sluice.bench.trial.SendingCrowd;
import dev.sluice.testkit.Ports;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/** Puts one load to a node, from the thread that calls, and counts what was carried. */
final class LoadRun implements AutoCloseable {

  private static final int BULK = 4;
  private static final int BYTES = 64;
  private static final int MESSAGE = 16 << 10;
  private static final double GB = 1e9;
  private static final double MOST_ENDING = 5;

  private final Load load;
  private final Target echo = Target.listen(Ports.free());
  private final Target source = Target.listen(Ports.free());
  private final Target sink = Target.listen(Ports.free());
  private final Target flood = Target.listen(Ports.free());
  private final Crowd down;
  private final SendingCrowd up;
  private final PulseCrowd pulses;
  private final PulseCrowd renewed;
  private final SlowCrowd stuck;

  /**
   * A run that has not begun.
   *
   * @param to the address of a tunnel to a target
   */
  LoadRun(Load load, Function<Target, Address> to) {
    this.load = load;
    echo.behave(EchoConnection::new);
    source.behave(SourceConnection.slow(load.down() / BULK));
    sink.behave(SinkConnection::fast);
    flood.behave(SourceConnection.exactly(Long.MAX_VALUE));
    down = new Crowd(to.apply(source));
    Address sinkAddress = to.apply(sink);
    Batch batch = Batch.of(MESSAGE, sinkAddress.webSocket());
    up = new SendingCrowd(sinkAddress, batch, new Pace(load.up()));
    pulses = new PulseCrowd(to.apply(echo), new Beat(BYTES, load.beat(), 0));
    renewed = new PulseCrowd(to.apply(echo), new Beat(BYTES, 1, 1));
    stuck = new SlowCrowd(to.apply(flood));
  }

  private List<Crowd> crowds() {
    return List.of(down, up, pulses, renewed, stuck);
  }

  /** How many tunnels carry bulk. */
  static int bulk(Load load) {
    return (load.down() > 0 ? BULK : 0) + (load.up() > 0 ? BULK : 0);
  }

  /** Opens all tunnels. */
  void open() throws IOException {
    down.open(load.down() > 0 ? BULK : 0);
    up.open(load.up() > 0 ? BULK : 0);
    pulses.open(load.pulses());
    renewed.open(load.renewed());
    stuck.open(load.stuck());
    pulses.begin();
    renewed.begin();
  }

  /**
   * Carries on for so long.
   *
   * @param cpu the node's processor time until now, in seconds
   * @throws IOException when a tunnel ended that should not have
   */
  Usage carry(double seconds, DoubleSupplier cpu) throws IOException {
    Usage before = now(cpu);
    long until = System.nanoTime() + (long) (seconds * GB);
    while (System.nanoTime() - until < 0) {
      turn();
    }
    Usage usage = now(cpu).since(before);
    int died = crowds().stream().mapToInt(crowd -> crowd.died() + crowd.failed()).sum();
    if (died > 0) {
      throw new IOException(load.name() + ": " + died + " tunnels ended, " + problems());
    }
    return usage;
  }

  private List<String> problems() {
    return crowds().stream().map(Crowd::problem).filter(problem -> !problem.isEmpty()).toList();
  }

  private void turn() throws IOException {
    pulses.tick();
    renewed.tick();
    up.tick();
    List<Crowd> used = new ArrayList<>(crowds());
    used.removeIf(crowd -> crowd.links().isEmpty());
    for (Crowd crowd : used.isEmpty() ? List.of(down) : used) {
      crowd.poll(1);
    }
  }

  private Usage now(DoubleSupplier cpu) {
    return new Usage(
        System.nanoTime() / GB,
        down.received() / GB,
        sink.received() / GB,
        pulses.echoes() + renewed.echoes(),
        renewed.opened(),
        cpu.getAsDouble());
  }

  /** Tunnels that are open, as near as makes no difference. */
  int tunnels() {
    return crowds().stream().mapToInt(crowd -> crowd.links().size()).sum();
  }

  /** How many ports of the node's still wait, for each tunnel that came and ended. */
  double waitingPorts() throws IOException {
    return renewed.ended() == 0 ? 0 : (double) TimeWaits.to(echo.port()) / renewed.ended();
  }

  /** Ends everything and waits for the node to have noticed. */
  @Override
  public void close() throws IOException {
    pulses.stop();
    renewed.stop();
    crowds().forEach(Crowd::close);
    try {
      for (Target target : List.of(echo, source, sink, flood)) {
        target.awaitClosed(MOST_ENDING);
        target.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
