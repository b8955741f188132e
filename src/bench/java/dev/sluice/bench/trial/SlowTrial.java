package dev.sluice.bench.trial;

import dev.sluice.bench.load.Batch;
import dev.sluice.bench.load.Crowd;
import dev.sluice.bench.load.Link;
import dev.sluice.bench.load.Pace;
import dev.sluice.bench.load.SinkConnection;
import dev.sluice.bench.load.SourceConnection;
import dev.sluice.bench.load.Target;
import dev.sluice.bench.peer.Peer;
import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * One side offers 100 MB/s, the other takes 1 MB/s: what is in between, apart from the queues of
 * the kernel, the peer holds.
 *
 * @param down whether it is the client that is slow; otherwise the target is
 */
public record SlowTrial(boolean down) implements Trial {

  private static final long FAST = 100_000_000;
  private static final long SLOW = 1_000_000;
  private static final int WINDOW = 128 << 10;
  private static final int MESSAGE = 16 << 10;

  @Override
  public Figures run(Lab lab, Peer peer) throws Exception {
    try {
      return down ? down(lab, peer) : up(lab, peer);
    } finally {
      lab.cut();
    }
  }

  private static Figures down(Lab lab, Peer peer) throws Exception {
    Target target = lab.target();
    target.behave(SourceConnection.slow(FAST));
    try (Crowd crowd =
        new Crowd(peer.address(), WINDOW) {
          @Override
          public void opened(Link link) throws IOException {
            super.opened(link);
            link.reading(false);
          }
        }) {
      crowd.open(1);
      Pace pace = new Pace(SLOW);
      Link link = crowd.links().get(0);
      return watch(
          lab,
          peer,
          crowd,
          target::sent,
          crowd::received,
          () -> pace.moved(link.readAtMost(pace.room(System.nanoTime()))));
    }
  }

  private static Figures up(Lab lab, Peer peer) throws Exception {
    Target target = lab.target();
    target.behave(SinkConnection.slow(SLOW));
    Batch batch = Batch.of(MESSAGE, peer.address().webSocket());
    try (SendingCrowd crowd = new SendingCrowd(peer.address(), batch, new Pace(FAST))) {
      crowd.open(1);
      return watch(lab, peer, crowd, crowd::sent, target::received, crowd::tick);
    }
  }

  /** What a test does between two looks at its sockets. */
  private interface Step {
    void run() throws IOException;
  }

  private static Figures watch(
      Lab lab, Peer peer, Crowd crowd, LongSupplier sent, LongSupplier taken, Step step)
      throws IOException {
    HeldWatch watch = new HeldWatch(peer, lab, crowd, sent, taken);
    long until = System.nanoTime() + (long) (lab.slow() * 1e9);
    while (System.nanoTime() - until < 0 && crowd.ended() == 0) {
      crowd.poll();
      step.run();
      watch.look();
    }
    Figures figures = watch.figures();
    return crowd.ended() == 0
        ? figures
        : figures.error("ended: " + crowd.problem() + " " + crowd.closeCodes());
  }

  @Override
  public double seconds(Lab lab) {
    return lab.slow();
  }
}
