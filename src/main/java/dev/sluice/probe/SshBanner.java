package dev.sluice.probe;

import dev.sluice.relay.Dial;
import dev.sluice.relay.EndCause;
import dev.sluice.relay.IoLoop;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Connects, reads the line by which an SSH server names itself (RFC 4253 §4.2) and closes. Nothing
 * is sent: a server speaks first, and one that waits for the client's line is not waited for.
 *
 * <p>One deadline holds for the dial and all reading together, however slowly bytes drip in. All of
 * it happens on the loop's thread.
 */
public final class SshBanner implements Dial.Listener, IoLoop.Handler {

  private final IoLoop loop;
  private final Duration timeout;
  private final long startedAt = System.nanoTime();
  private final CompletableFuture<BannerResult> result = new CompletableFuture<>();
  private final SshBannerParser parser = new SshBannerParser();
  private @Nullable Dial dial;
  private @Nullable SocketChannel channel;
  private IoLoop.@Nullable Timer deadline;
  private long connectNanos;

  private SshBanner(IoLoop loop, Duration timeout) {
    this.loop = loop;
    this.timeout = timeout;
  }

  /**
   * Starts. Any thread.
   *
   * @param addresses resolved and checked, at least one; nothing is looked up here
   * @param timeout for everything, from now on
   * @return completes on the loop's thread, so what depends on it must not block; never
   *     exceptionally, unless cancelled: that closes the socket
   */
  public static CompletableFuture<BannerResult> start(
      IoLoop loop, List<InetSocketAddress> addresses, Duration timeout) {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("no address");
    }
    SshBanner banner = new SshBanner(loop, timeout);
    var unused = banner.result.whenComplete((r, failure) -> loop.execute(banner::release));
    loop.execute(() -> banner.dial(addresses));
    return banner.result;
  }

  private void dial(List<InetSocketAddress> addresses) {
    if (!result.isDone()) {
      dial = Dial.start(loop, addresses, timeout, 0, 0, this);
    }
  }

  @Override
  public void connected(SocketChannel connected, SelectionKey key, long nanos) {
    channel = connected;
    connectNanos = nanos;
    long left = timeout.toNanos() - (System.nanoTime() - startedAt);
    deadline = loop.schedule(left, this::timedOut);
    key.attach(this);
    key.interestOps(SelectionKey.OP_READ);
  }

  @Override
  public void failed(EndCause cause, String why) {
    result.complete(new BannerResult.Failed(ProbeFailure.of(cause), why));
  }

  @Override
  public void ready(SelectionKey key) throws IOException {
    SocketChannel readable = (SocketChannel) key.channel();
    // one round for each readiness: whoever floods waits for the loop's other channels
    ByteBuffer bytes = ByteBuffer.allocate(SshBannerParser.MAX_LINE);
    if (readable.read(bytes) < 0) {
      parser.end();
    }
    parser.feed(bytes.flip());
    InetSocketAddress address = (InetSocketAddress) readable.getRemoteAddress();
    parser.found().ifPresent(id -> finish(new BannerResult.Found(id, address, connectNanos)));
    parser.problem().ifPresent(this::notSsh);
  }

  @Override
  public void failed(Throwable failure) {
    notSsh("the connection broke before an SSH identification");
  }

  private void timedOut() {
    notSsh("no SSH identification within " + timeout.toMillis() + " ms");
  }

  private void notSsh(String message) {
    finish(new BannerResult.Failed(ProbeFailure.NOT_SSH, message));
  }

  private void finish(BannerResult outcome) {
    release();
    result.complete(outcome);
  }

  private void release() {
    Dial dialling = dial;
    if (dialling != null) {
      dialling.cancel();
    }
    if (deadline != null) {
      deadline.cancel();
    }
    SocketChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // nothing was sent on it: there is nothing to lose
      }
    }
  }
}
