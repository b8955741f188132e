package dev.sluice.frames.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.frames.stream.ByteStream;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A server whose streams serve the next client once this connection is over. */
@Timeout(30)
class ServletStreamTest {

  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch letOut = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();
  private boolean slow;
  private boolean lose;
  private ServletStream stream;

  private final List<Integer> sizes = new ArrayList<>();
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @BeforeEach
  void connect() throws IOException {
    connect(ServletServer.OTHER);
  }

  private void connect(ServletServer server) throws IOException {
    stream = new ServletStream(new Connection(), Runnable::run, server, new ReadBuffers());
    stream.start(new Deaf());
  }

  /** Each server with the size of a message behind a head of 4 bytes, and what is written of it. */
  static Stream<Arguments> messages() {
    int k = 1024;
    return Stream.of(
        Arguments.of(ServletServer.WILDFLY, 16 * k, List.of(16 * k + 4)),
        Arguments.of(ServletServer.WILDFLY, 80 * k, List.of(64 * k, 16 * k + 4)),
        Arguments.of(ServletServer.OTHER, 80 * k, List.of(64 * k, 16 * k + 4)),
        Arguments.of(ServletServer.PAYARA, 16 * k - 4, List.of(16 * k)),
        Arguments.of(ServletServer.PAYARA, 16 * k, List.of(16 * k, 4)),
        Arguments.of(ServletServer.PAYARA, 32 * k - 5, List.of(16 * k, 16 * k - 1)),
        Arguments.of(ServletServer.PAYARA, 32 * k - 4, List.of(32 * k)),
        Arguments.of(ServletServer.PAYARA, 80 * k, List.of(32 * k, 32 * k, 16 * k, 4)));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsWrittenWholeInPiecesThatTheServerHasBuffersFor(
      ServletServer server, int size, List<Integer> pieces) throws Exception {
    connect(server);
    byte[] message = new byte[4 + size];
    new Random(size).nextBytes(message);
    stream.write(ByteBuffer.wrap(message, 0, 4).slice(), ByteBuffer.wrap(message, 4, size).slice());
    assertThat(sizes).isEqualTo(pieces);
    assertThat(written.toByteArray()).isEqualTo(message);
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
    public void write(byte[] bytes, int offset, int length) {
      sizes.add(length);
      written.write(bytes, offset, length);
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      write(bytes, 0, bytes.length);
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
