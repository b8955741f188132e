package dev.sluice.bench.trial;

import dev.sluice.bench.attack.Attack;
import dev.sluice.bench.attack.AttackerProcess;
import dev.sluice.bench.attack.Tally;
import dev.sluice.bench.load.EchoConnection;
import dev.sluice.bench.load.Histogram;
import dev.sluice.bench.peer.Peer;
import java.io.IOException;

/**
 * Some neighbours talk, at first in quiet and then while an attacker of a process of its own does
 * what it does: what do they feel of it?
 *
 * @param once whether the attack is made once; if it is one that ends, then with what is measured.
 *     Any other has begun before and goes on
 */
public record HostileTrial(Attack attack, boolean once) implements Trial {

  private static final int NEIGHBOURS = 4;

  /** Times the length of a test: what is rare has to happen often enough. */
  private static final double LONGER = 3;

  private static final double MOST_STARTING = 10;
  private static final double LOOK = 0.05;

  @Override
  public boolean suits(Peer peer) {
    return Trial.super.suits(peer) && peer.kind().mustDoWell() && attack.means(peer.address());
  }

  @Override
  public Figures run(Lab lab, Peer peer) throws Exception {
    Figures figures = new Figures();
    lab.target().behave(EchoConnection::new);
    try (Neighbours neighbours = new Neighbours(peer.address())) {
      neighbours.open(NEIGHBOURS);
      neighbours.talkFor(lab.warm());
      Histogram quiet = neighbours.talkFor(LONGER * lab.seconds());
      double usual = quiet.micros(0.99);
      put(figures, "quiet", quiet);
      try (AttackerProcess attacker = begin(lab, peer, neighbours)) {
        if (goesOn()) {
          neighbours.talkFor(lab.warm());
        }
        Tally before = goesOn() ? attacker.tally() : Tally.NOTHING;
        double cpuBefore = attacker.tree().cpuSeconds();
        Window window = Window.open(lab, peer, () -> 0);
        Histogram times = neighbours.talkFor(LONGER * lab.seconds());
        window.shut().put(figures);
        double attackCpu = attacker.tree().cpuSeconds() - cpuBefore;
        put(figures, "meanwhile", times);
        figures.put("p99_times", times.micros(0.99) / usual);
        put(figures, attacker.tally(), before);
        figures.put("attack_cpu_s", attackCpu);
      }
    }
    return lab.settle(figures);
  }

  private static void put(Figures figures, String when, Histogram times) {
    figures
        .put("p50_" + when + "_us", times.micros(0.5))
        .put("p99_" + when + "_us", times.micros(0.99))
        .put("longest_" + when + "_us", times.micros(1))
        .put("samples_" + when, times.count());
  }

  /** Who has been stopped may do nothing any more; who never did anything says nothing. */
  private static void put(Figures figures, Tally tally, Tally before) {
    Tally meanwhile = tally.since(before);
    figures
        .put("attack_done", meanwhile.done())
        .put("attack_connections", meanwhile.connections())
        .put("attack_problem", tally.problem());
    if (tally.done() == 0) {
      figures.error("the attacker did nothing: " + tally.problem());
    }
  }

  private boolean goesOn() {
    return !once || !attack.ends();
  }

  /** Starts the attacker, and waits until one that goes on has done something. */
  private AttackerProcess begin(Lab lab, Peer peer, Neighbours neighbours) throws Exception {
    lab.target().behave(attack.target());
    AttackerProcess attacker = AttackerProcess.start(attack, once, peer.address());
    try {
      long until = System.nanoTime() + (long) (MOST_STARTING * 1e9);
      Tally tally = attacker.tally();
      while (tally.done() == 0 && goesOn()) {
        if (System.nanoTime() - until > 0) {
          throw new IOException("the attacker does not begin: " + tally.problem());
        }
        neighbours.talkFor(LOOK);
        tally = attacker.tally();
      }
      return attacker;
    } catch (IOException e) {
      attacker.close();
      throw e;
    }
  }

  /** Without the quiet: what is to be warm is what happens under attack. */
  @Override
  public void prime(Lab lab, Peer peer) throws Exception {
    lab.target().behave(EchoConnection::new);
    try (Neighbours neighbours = new Neighbours(peer.address())) {
      neighbours.open(NEIGHBOURS);
      neighbours.talkFor(LOOK);
      try (AttackerProcess attacker = begin(lab, peer, neighbours)) {
        neighbours.talkFor(lab.seconds());
      }
    }
    lab.settle(new Figures());
  }

  @Override
  public double seconds(Lab lab) {
    return 2 * (lab.warm() + LONGER * lab.seconds()) + 1;
  }
}
