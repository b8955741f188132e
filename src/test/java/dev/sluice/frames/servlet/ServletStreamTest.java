package dev.sluice.frames.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.frames.stream.ByteStream;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server whose streams serve the next client once this connection is over. */
@Timeout(30)
class ServletStreamTest {

  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch letOut = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();
  private boolean slow;
  private boolean lose;
  private ServletStream stream;

  @BeforeEach
  void connect() throws IOException {
    stream =
        new ServletStream(new Connection(), Runnable::run, ServletServer.OTHER, new ReadBuffers());
    stream.start(new Deaf());
  }

  @Test
  void onceDetachedItCallsTheServersStreamsNoMore() {
    stream.detach();
    int before = calls.get();
    assertThatThrownBy(() -> stream.write(bytes(4), bytes(4)))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(() -> stream.read(ByteBuffer.allocate(8)))
        .isInstanceOf(ClosedChannelException.class);
    assertThatThrownBy(stream::shutdownOutput).isInstanceOf(ClosedChannelException.class);
    assertThat(calls).hasValue(before);
  }

  @Test
  void aServerThatLetsGoWaitsForTheCallThatIsInside() throws Exception {
    slow = true;
    Thread writer = new Thread(() -> write(bytes(4)));
    writer.start();
    inside.await();
    CountDownLatch detached = new CountDownLatch(1);
    Thread server =
        new Thread(
            () -> {
              stream.detach();
              detached.countDown();
            });
    server.start();
    assertThat(detached.await(200, TimeUnit.MILLISECONDS)).isFalse();
    letOut.countDown();
    assertThat(detached.await(20, TimeUnit.SECONDS)).isTrue();
    writer.join();
  }

  @Test
  void aCallThatFindsTheConnectionLostIsToldSoInside() throws Exception {
    lose = true;
    int before = calls.get();
    assertThatThrownBy(() -> stream.write(bytes(4), bytes(4)))
        .isInstanceOf(ClosedChannelException.class);
    assertThat(calls.get() - before).as("whether there is room, and the write").isEqualTo(2);
    assertThatThrownBy(() -> stream.write(bytes(4), bytes(4)))
        .isInstanceOf(ClosedChannelException.class);
  }

  private void write(ByteBuffer body) {
    try {
      stream.write(bytes(2), body);
    } catch (IOException gone) {
      // as it may be, having waited
    }
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size);
  }

  private final class Connection implements WebConnection {
    @Override
    public ServletInputStream getInputStream() {
      return new In();
    }

    @Override
    public ServletOutputStream getOutputStream() {
      return new Out();
    }

    @Override
    public void close() {}
  }

  private final class Out extends ServletOutputStream {
    private WriteListener listener;

    @Override
    public boolean isReady() {
      calls.incrementAndGet();
      return true;
    }

    @Override
    public void setWriteListener(WriteListener owner) {
      listener = owner;
      try {
        listener.onWritePossible();
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void write(int b) {
      calls.incrementAndGet();
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      calls.incrementAndGet();
      if (lose) {
        stream.detach();
      }
      if (slow) {
        inside.countDown();
        await();
      }
    }

    private void await() {
      try {
        letOut.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void close() {
      calls.incrementAndGet();
    }
  }

  private final class In extends ServletInputStream {
    @Override
    public boolean isFinished() {
      calls.incrementAndGet();
      return false;
    }

    @Override
    public boolean isReady() {
      calls.incrementAndGet();
      return false;
    }

    @Override
    public void setReadListener(ReadListener owner) {}

    @Override
    public int read() {
      calls.incrementAndGet();
      return -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      return read();
    }
  }

  private static final class Deaf implements ByteStream.Listener {
    @Override
    public void readable() {}

    @Override
    public void writable() {}

    @Override
    public void lost(Throwable why) {}
  }
}
