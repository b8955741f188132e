package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UpstreamTest {

  private static final int MARK = RelaySettings.HIGH_WATER_MARK;

  private final MemoryBudget budget = new MemoryBudget(1L << 30);
  private final FakePort port = new FakePort();
  private final Recorder owner = new Recorder();
  private final Target target = new Target();
  private final Upstream chain = new Upstream(new ChunkPool(budget), RelaySettings.defaults());

  UpstreamTest() {
    chain.bind(port, owner);
  }

  private static final class Recorder implements Upstream.Owner {
    volatile int wantsWrite;
    int drained;
    int overruns;
    IOException failure;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
    public void wantsWrite() {
      wantsWrite++;
    }

    @Override
    public void clientGoesOn(long nanos) {
      assertThat(nanos).isPositive();
    }

    @Override
    public void upDrained() {
      drained++;
    }

    @Override
    public void writeFailed(IOException why) {
      failure = why;
    }

    @Override
    public void overrun() {
      overruns++;
    }
  }

  /** Takes as many bytes as the test allows. */
  private static final class Target implements GatheringByteChannel {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    final List<Integer> gathered = new ArrayList<>();
    long room = Long.MAX_VALUE;
    boolean broken;

    @Override
    public synchronized long write(ByteBuffer[] sources, int offset, int length)
        throws IOException {
      long n = 0;
      gathered.add(length);
      for (int i = offset; i < offset + length; i++) {
        n += take(sources[i]);
      }
      return n;
    }

    @Override
    public long write(ByteBuffer[] sources) throws IOException {
      return write(sources, 0, sources.length);
    }

    @Override
    public synchronized int write(ByteBuffer source) throws IOException {
      gathered.add(1);
      return take(source);
    }

    private int take(ByteBuffer source) throws IOException {
      if (broken) {
        throw new IOException("Broken pipe");
      }
      int n = (int) Math.min(room, source.remaining());
      byte[] bytes = new byte[n];
      source.get(bytes);
      taken.writeBytes(bytes);
      room -= n;
      return n;
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }

  private long sent;

  private void frame(int length) {
    chain.write(ByteBuffer.wrap(Bytes.pattern(sent, length)));
    sent += length;
  }

  @Test
  void aFrameIsWrittenAtOnceWhenNothingWaits() {
    chain.connected(target);
    frame(1000);
    assertThat(target.taken.size()).isEqualTo(1000);
    assertThat(owner.wantsWrite).isZero();
    assertThat(budget.used()).isZero();
  }

  @Test
  void whatTheClientSendsDuringTheDialGoesFirst() {
    frame(10);
    frame(20);
    assertThat(target.taken.size()).isZero();
    chain.connected(target);
    frame(30);
    assertThat(target.taken.toByteArray()).isEqualTo(Bytes.pattern(0, 60));
  }

  @Test
  void aPartialWriteKeepsItsPlaceAndLaterFramesWaitBehindIt() {
    chain.connected(target);
    target.room = 7;
    frame(10);
    target.room = 1_000;
    frame(5);
    assertThat(target.taken.size()).isEqualTo(7);
    assertThat(owner.wantsWrite).isEqualTo(1);
    assertThat(chain.flush()).isTrue();
    assertThat(target.taken.toByteArray()).isEqualTo(Bytes.pattern(0, 15));
  }

  @Test
  void framesThatWaitLeaveInOneGatheringWrite() {
    chain.connected(target);
    target.room = 0;
    for (int i = 0; i < 100; i++) {
      frame(1_024);
    }
    target.gathered.clear();
    target.room = Long.MAX_VALUE;
    chain.flush();
    assertThat(target.gathered).hasSize(1);
    assertThat(target.taken.toByteArray()).isEqualTo(Bytes.pattern(0, 102_400));
  }

  @Test
  void stopsTheClientStrictlyAboveTheMarkAndLetsItGoOnAtHalf() {
    chain.connected(target);
    target.room = 0;
    frame(MARK);
    assertThat(port.levers).isEmpty();
    frame(1);
    assertThat(port.levers).containsExactly("pause");
    target.room = MARK / 2;
    chain.flush();
    assertThat(port.levers).containsExactly("pause");
    target.room = 1;
    chain.flush();
    assertThat(port.levers).containsExactly("pause", "resume");
    assertThat(chain.pauses().nanos()).isPositive();
  }

  @Test
  void theClientIsStoppedDuringALongDialToo() {
    frame(MARK + 1);
    assertThat(port.levers).containsExactly("pause");
    chain.connected(target);
    assertThat(port.levers).containsExactly("pause", "resume");
  }

  @Test
  void aClientThatCannotBeStoppedReachesTheHardCap() {
    chain.connected(target);
    target.room = 0;
    for (int i = 0; i <= 4; i++) {
      frame(MARK);
      assertThat(owner.overruns).isZero();
    }
    frame(1);
    assertThat(owner.overruns).isEqualTo(1);
  }

  @Test
  void oneFrameMayBeLongerThanTheCapForTheContainerHoldsItAnyway() {
    chain.connected(target);
    target.room = 0;
    frame(10 * MARK);
    assertThat(owner.overruns).isZero();
    target.room = Long.MAX_VALUE;
    chain.flush();
    assertThat(target.taken.toByteArray()).isEqualTo(Bytes.pattern(0, 10 * MARK));
  }

  @Test
  void theEndIsToldOnceAndOnlyWhenAllIsWritten() {
    chain.connected(target);
    target.room = 5;
    frame(10);
    chain.end();
    assertThat(owner.drained).isZero();
    target.room = 5;
    chain.flush();
    assertThat(owner.drained).isEqualTo(1);
    chain.end();
    assertThat(owner.drained).isEqualTo(1);
  }

  @Test
  void anEndBeforeTheDialIsDoneWaitsForItAndForWhatIsQueued() {
    frame(10);
    chain.end();
    assertThat(owner.drained).isZero();
    chain.connected(target);
    assertThat(owner.drained).isEqualTo(1);
    assertThat(target.taken.size()).isEqualTo(10);
  }

  @Test
  void emptyFramesCarryNothing() {
    chain.connected(target);
    chain.write(ByteBuffer.allocate(0));
    assertThat(target.gathered).isEmpty();
  }

  @Test
  void aTargetThatTakesNoMoreIsReportedFromTheFrameAndFromTheFlush() {
    chain.connected(target);
    target.broken = true;
    frame(1);
    assertThat(owner.failure).hasMessage("Broken pipe");
    owner.failure = null;
    target.broken = false;
    target.room = 0;
    frame(1);
    target.broken = true;
    chain.flush();
    assertThat(owner.failure).hasMessage("Broken pipe");
  }

  @Test
  void aDroppedChainGivesItsMemoryBackAndLetsTheClientGo() {
    chain.connected(target);
    target.room = 0;
    frame(2 * MARK);
    chain.drop();
    assertThat(budget.used()).isZero();
    assertThat(port.levers).containsExactly("pause", "resume");
    frame(100);
    assertThat(chain.buffered()).isZero();
  }

  @Test
  void aStuckTargetCostsTheMarkAndOneFrame() {
    chain.connected(target);
    target.room = 0;
    while (port.levers.isEmpty()) {
      frame(16_384);
    }
    assertThat(chain.buffered()).isLessThanOrEqualTo(MARK + 16_384);
    assertThat(budget.used()).isLessThanOrEqualTo((long) (1.1 * MARK));
  }

  @Test
  void flushingWhileFramesComeLosesAndReordersNothingAndNeverStaysStopped() throws Exception {
    chain.connected(target);
    CountDownLatch done = new CountDownLatch(1);
    Thread loop =
        new Thread(
            () -> {
              int round = 0;
              while (done.getCount() > 0 || chain.buffered() > 0) {
                synchronized (target) {
                  target.room = round++ % 3 == 0 ? 0 : 3_001;
                }
                chain.flush();
              }
              target.room = Long.MAX_VALUE;
            });
    loop.start();
    while (sent < 20_000_000) {
      while (chain.isStopped()) {
        Thread.onSpinWait();
      }
      frame(1 + (int) (sent % 9_973));
    }
    done.countDown();
    loop.join(TimeUnit.SECONDS.toMillis(60));
    assertThat(target.taken.toByteArray()).isEqualTo(Bytes.pattern(0, (int) sent));
    assertThat(port.levers.size() % 2).isZero();
    assertThat(budget.used()).isZero();
  }
}
