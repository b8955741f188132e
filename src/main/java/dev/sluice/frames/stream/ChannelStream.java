package dev.sluice.frames.stream;

import dev.sluice.relay.IoLoop;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A client's channel that the server has given away for good, on the loop of its tunnel's target:
 * both ends of the tunnel are served by one thread, and bytes move between them without a hand-off.
 *
 * <p>Everything happens on the loop's thread, but for {@link #close} and {@link #abort}.
 */
public final class ChannelStream implements ByteStream, IoLoop.Handler {

  private static final System.Logger LOG = System.getLogger(ChannelStream.class.getName());

  private static final int SMALL = 4_096;

  private final SocketChannel channel;
  private final Closeable connection;
  private final IoLoop loop;
  private final ByteBuffer greeting;
  private ByteBuffer leftover;
  private @Nullable Listener listener;
  private @Nullable SelectionKey key;

  /**
   * A stream over a non-blocking channel.
   *
   * @param connection what to close in order to close the channel: the server's, if that keeps
   *     count
   * @param greeting what has to leave before anything else: the answer to the handshake
   * @param leftover what the server had read beyond the handshake
   */
  public ChannelStream(
      SocketChannel channel,
      Closeable connection,
      IoLoop loop,
      ByteBuffer greeting,
      ByteBuffer leftover) {
    this.channel = channel;
    this.connection = connection;
    this.loop = loop;
    this.greeting = greeting;
    this.leftover = leftover;
  }

  @Override
  public void start(Listener owner) {
    loop.execute(() -> register(owner));
  }

  private void register(Listener owner) {
    listener = owner;
    try {
      key = loop.register(channel, SelectionKey.OP_READ, this);
      greet();
    } catch (IOException e) {
      owner.lost(e);
      return;
    }
    owner.writable();
    if (leftover.hasRemaining()) {
      owner.readable();
    }
  }

  /** Of a new connection the kernel takes the few bytes whole, or it is not worth having. */
  private void greet() throws IOException {
    channel.write(greeting);
    if (greeting.hasRemaining()) {
      throw new IOException("the client's window was shut before it got an answer");
    }
  }

  @Override
  public void ready(SelectionKey ready) {
    Listener owner = listener;
    if (owner == null) {
      return;
    }
    if (ready.isWritable()) {
      loop.removeInterest(ready, SelectionKey.OP_WRITE);
      owner.writable();
    }
    if (ready.isValid() && ready.isReadable()) {
      owner.readable();
    }
  }

  @Override
  public void failed(Throwable failure) {
    if (listener != null) {
      listener.lost(failure);
    }
  }

  @Override
  public ByteBuffer takeRoom() {
    return loop.passage();
  }

  /** It is the loop's. */
  @Override
  public void giveBack(ByteBuffer room) {}

  @Override
  public int read(ByteBuffer room) throws IOException {
    if (leftover.hasRemaining()) {
      int n = Math.min(room.remaining(), leftover.remaining());
      room.put(leftover.slice(leftover.position(), n));
      leftover.position(leftover.position() + n);
      return n;
    }
    return channel.read(room);
  }

  /** The selector tells again of what one read has left. */
  @Override
  public int readsInARow() {
    return leftover.hasRemaining() ? Integer.MAX_VALUE : 1;
  }

  @Override
  public void suspendReads() {
    if (key != null) {
      loop.removeInterest(key, SelectionKey.OP_READ);
    }
  }

  @Override
  public void resumeReads() {
    if (key != null) {
      loop.addInterest(key, SelectionKey.OP_READ);
    }
    if (leftover.hasRemaining() && listener != null) {
      loop.execute(listener::readable);
    }
  }

  @Override
  public boolean write(ByteBuffer head, ByteBuffer body) throws IOException {
    if (!head.hasRemaining()) {
      channel.write(body);
    } else if (head.remaining() + body.remaining() <= SMALL) {
      writeJoined(head, body);
    } else {
      channel.write(new ByteBuffer[] {head, body});
    }
    if (!head.hasRemaining() && !body.hasRemaining()) {
      return true;
    }
    if (key == null) {
      throw new ClosedChannelException();
    }
    loop.addInterest(key, SelectionKey.OP_WRITE);
    return false;
  }

  /** A gathering write costs more than the copy of a few bytes. */
  private void writeJoined(ByteBuffer head, ByteBuffer body) throws IOException {
    int first = head.remaining();
    int second = body.remaining();
    ByteBuffer joined = loop.scrap();
    joined.put(0, head, head.position(), first).put(first, body, body.position(), second);
    int n = channel.write(joined.limit(first + second));
    head.position(head.position() + Math.min(n, first));
    body.position(body.position() + Math.max(0, n - first));
  }

  @Override
  public void shutdownOutput() throws IOException {
    channel.shutdownOutput();
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the client was gone", e);
    }
  }

  @Override
  public void abort() {
    try {
      if (channel.isOpen()) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the client was gone", e);
    }
    close();
  }
}
