package dev.sluice.relay;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One non-blocking dial: the addresses in turn until one connects, under one deadline for them all.
 * Everything happens on the loop's thread; the listener is told exactly once, unless cancelled.
 */
public final class Dial implements IoLoop.Handler {

  /** Learns how the dial went, on the loop's thread. */
  public interface Listener {
    /**
     * Connected, with TCP_NODELAY and keep-alive on. The channel is the listener's now; {@code key}
     * is its registration with the loop, without interest: attach the next {@link IoLoop.Handler}.
     *
     * @param connectNanos around the TCP connect alone, by the monotonic clock
     */
    void connected(SocketChannel channel, SelectionKey key, long connectNanos);

    /**
     * Every address failed, or the time is over; nothing is left open.
     *
     * @param cause {@link EndCause#CONNECT_FAILED} or {@link EndCause#CONNECT_TIMEOUT}
     */
    void failed(EndCause cause, String why);
  }

  private final IoLoop loop;
  private final List<InetSocketAddress> addresses;
  private final int sendBuffer;
  private final int receiveBuffer;
  private final Listener listener;
  private int attempt;
  private long startedAt;
  private boolean done;
  private @Nullable SocketChannel channel;
  private IoLoop.@Nullable Timer deadline;

  private Dial(
      IoLoop loop,
      List<InetSocketAddress> addresses,
      int sendBuffer,
      int receiveBuffer,
      Listener listener) {
    this.loop = loop;
    this.addresses = List.copyOf(addresses);
    this.sendBuffer = sendBuffer;
    this.receiveBuffer = receiveBuffer;
    this.listener = listener;
  }

  /**
   * Starts dialling. Any thread.
   *
   * @param addresses resolved and checked; nothing is looked up here
   * @param sendBuffer bytes; zero: the system's choice
   * @param receiveBuffer bytes; zero: the system's choice
   */
  public static Dial start(
      IoLoop loop,
      List<InetSocketAddress> addresses,
      Duration timeout,
      int sendBuffer,
      int receiveBuffer,
      Listener listener) {
    Dial dial = new Dial(loop, addresses, sendBuffer, receiveBuffer, listener);
    loop.execute(
        () -> {
          if (!dial.done) {
            dial.deadline = loop.schedule(timeout.toNanos(), dial::timedOut);
            dial.tryNext("no address");
          }
        });
    return dial;
  }

  /** Starts dialling with the time and the buffers of {@code settings}. Any thread. */
  static Dial start(
      IoLoop loop, List<InetSocketAddress> addresses, RelaySettings settings, Listener listener) {
    return start(
        loop,
        addresses,
        settings.dialTimeout(),
        settings.sendBuffer(),
        settings.receiveBuffer(),
        listener);
  }

  /** Gives up without telling the listener. The loop's thread only. */
  public void cancel() {
    if (!done) {
      finish();
      discardChannel();
    }
  }

  private void tryNext(String lastFailure) {
    String why = lastFailure;
    while (attempt < addresses.size()) {
      InetSocketAddress address = addresses.get(attempt++);
      try {
        SelectionKey key = begin(address);
        if (key == null) {
          return;
        }
        connected((SocketChannel) key.channel(), key, address);
        return;
      } catch (IOException | IllegalArgumentException e) {
        why = Failures.describe(e);
        discardChannel();
      }
    }
    finish();
    listener.failed(EndCause.CONNECT_FAILED, why);
  }

  /** Returns the key of a channel that connected at once, or null when the loop will tell. */
  private @Nullable SelectionKey begin(InetSocketAddress address) throws IOException {
    SocketChannel opened = SocketChannel.open();
    channel = opened;
    opened.configureBlocking(false);
    opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
    opened.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    // an urgent byte, such as Telnet's data mark, would else be taken out of the stream
    opened.socket().setOOBInline(true);
    if (sendBuffer > 0) {
      opened.setOption(StandardSocketOptions.SO_SNDBUF, sendBuffer);
    }
    if (receiveBuffer > 0) {
      opened.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
    }
    SelectionKey key = loop.register(opened, SelectionKey.OP_CONNECT, this);
    startedAt = System.nanoTime();
    return opened.connect(address) ? key : null;
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    SocketChannel dialled = (SocketChannel) key.channel();
    if (dialled.finishConnect()) {
      connected(dialled, key, addresses.get(attempt - 1));
    }
  }

  private void connected(SocketChannel dialled, SelectionKey key, InetSocketAddress pinned)
      throws IOException {
    long nanos = System.nanoTime() - startedAt;
    SocketAddress peer = dialled.getRemoteAddress();
    if (!pinned.equals(peer)) {
      throw new IOException("connected to " + peer + " instead of the checked " + pinned);
    }
    if (dialled.getRemoteAddress().equals(dialled.getLocalAddress())) {
      // TCP's simultaneous open: a dial to a free ephemeral port may connect to itself
      throw new IOException("connected to itself");
    }
    finish();
    channel = null;
    key.interestOps(0);
    listener.connected(dialled, key, nanos);
  }

  @Override
  public void failed(Throwable failure) {
    if (!done) {
      discardChannel();
      tryNext(Failures.describe(failure));
    }
  }

  private void timedOut() {
    finish();
    discardChannel();
    listener.failed(EndCause.CONNECT_TIMEOUT, "no answer in time");
  }

  private void finish() {
    done = true;
    if (deadline != null) {
      deadline.cancel();
    }
  }

  private void discardChannel() {
    SocketChannel c = channel;
    channel = null;
    if (c != null) {
      try {
        c.close();
      } catch (IOException e) {
        // nothing was sent on it: there is nothing to lose
      }
    }
  }
}
