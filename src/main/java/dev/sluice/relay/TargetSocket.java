package dev.sluice.relay;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** The connected target and its registration with the loop. */
final class TargetSocket {

  private static final System.Logger LOG = System.getLogger(TargetSocket.class.getName());

  private final IoLoop loop;
  private final SocketChannel channel;
  private final SelectionKey key;

  TargetSocket(IoLoop loop, SocketChannel channel, SelectionKey key) {
    this.loop = loop;
    this.channel = channel;
    this.key = key;
  }

  SocketChannel channel() {
    return channel;
  }

  /** Any thread. */
  void wantRead() {
    loop.addInterest(key, SelectionKey.OP_READ);
  }

  /** The loop's thread. */
  void stopReading() {
    loop.removeInterest(key, SelectionKey.OP_READ);
  }

  /** Any thread. */
  void wantWrite() {
    loop.addInterest(key, SelectionKey.OP_WRITE);
  }

  /** The loop's thread. */
  void stopWriting() {
    loop.removeInterest(key, SelectionKey.OP_WRITE);
  }

  /**
   * Reads what nobody wants. The loop's thread.
   *
   * @return whether the target has ended its stream
   */
  boolean discard() throws IOException {
    return channel.read(loop.scrap()) < 0;
  }

  /**
   * Closes it. The loop's thread.
   *
   * @param clean false: with a zero linger, so that the target sees a reset and not the end of a
   *     whole stream
   */
  void close(boolean clean) {
    try {
      if (!clean) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the target was gone", e);
    }
    try {
      channel.close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "closing the target failed", e);
    }
  }
}
