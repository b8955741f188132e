package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A write chain between a client that sends {@link #frame}s and a {@link Target}. */
abstract class UpstreamFixture {

  static final int MARK = RelaySettings.HIGH_WATER_MARK;

  final MemoryBudget budget = new MemoryBudget(1L << 30);
  final FakePort port = new FakePort();
  final Recorder owner = new Recorder();
  final Target target = new Target();
  final ChunkPool pool = new ChunkPool(budget);
  final Upstream chain = new Upstream(pool, RelaySettings.defaults());

  UpstreamFixture() {
    chain.bind(port, owner);
  }

  static final class Recorder implements Upstream.Owner {
    volatile int wantsWrite;
    boolean flushesHere = true;
    int wantsFlush;

    /** How often a flush was asked for, one way or the other. */
    final AtomicInteger asked = new AtomicInteger();

    int drained;
    int overruns;
    int wentOn;
    IOException failure;

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
    public void wantsWrite() {
      asked.incrementAndGet();
      wantsWrite++;
    }

    @Override
    public void wantsFlush() {
      asked.incrementAndGet();
      wantsFlush++;
    }

    @Override
    public boolean flushesHere() {
      return flushesHere;
    }

    @Override
    public void clientGoesOn(long nanos) {
      wentOn++;
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
  static final class Target implements GatheringByteChannel {
    final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    final List<Integer> gathered = new ArrayList<>();
    final List<Integer> offered = new ArrayList<>();
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
      offered.add(source.remaining());
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

  long sent;

  /** The client sends so many more bytes of the pattern. */
  final void frame(int length) {
    chain.write(ByteBuffer.wrap(Bytes.pattern(sent, length)));
    sent += length;
  }
}
