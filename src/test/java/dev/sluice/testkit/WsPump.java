package dev.sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Carries one byte stream over one WebSocket, both ways. At most one message waits in each
 * direction: what the stream cannot take is not asked for, what the WebSocket cannot take is not
 * read. The end of the input becomes a close with 1000, and what still arrives is written out.
 */
public final class WsPump {

  private static final int CHUNK = 64 * 1024;
  private static final Duration HANDSHAKE_LIMIT = Duration.ofSeconds(30);
  private static final long CLOSE_LIMIT_SECONDS = 60;

  /**
   * How the WebSocket ended.
   *
   * @param code close code, 1006 when the connection was lost without a close
   * @param reason the close's reason, or what was lost
   */
  public record End(int code, String reason) {
    /** Whether every byte was carried. */
    public boolean clean() {
      return code == 1000;
    }
  }

  private final CompletableFuture<End> ended = new CompletableFuture<>();
  private final WebSocket webSocket;

  private WsPump(HttpClient client, URI uri, OutputStream out) {
    webSocket =
        client
            .newWebSocketBuilder()
            .connectTimeout(HANDSHAKE_LIMIT)
            .buildAsync(uri, new Writer(out, ended))
            .join();
  }

  /**
   * Opens the WebSocket. What arrives goes to {@code out} on a thread of {@code client}.
   *
   * @throws CompletionException when the handshake is refused or fails
   */
  public static WsPump open(HttpClient client, URI uri, OutputStream out) {
    return new WsPump(client, uri, out);
  }

  /** Sends all of {@code in}, then closes with 1000. Blocks; returns early once the peer closed. */
  public void sendAll(InputStream in) {
    byte[] chunk = new byte[CHUNK];
    try {
      for (int n; (n = in.read(chunk)) >= 0; ) {
        webSocket.sendBinary(ByteBuffer.wrap(chunk, 0, n), true).join();
      }
    } catch (IOException broken) {
      lose("input broke: " + broken.getMessage());
      return;
    } catch (CompletionException peerIsGone) {
      return; // the listener has the close
    }
    webSocket.sendClose(WebSocket.NORMAL_CLOSURE, "").exceptionally(alreadyClosed -> webSocket);
    ended.completeOnTimeout(
        new End(1006, "no answer to the close"), CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** Completes once the WebSocket has ended and what it carried is written. */
  public CompletableFuture<End> ended() {
    return ended;
  }

  /** Ends at once, without a close. */
  public void lose(String reason) {
    ended.complete(new End(1006, reason));
    webSocket.abort();
  }

  private static final class Writer implements WebSocket.Listener {
    private final WritableByteChannel out;
    private final CompletableFuture<End> ended;
    private boolean outBroken;

    Writer(OutputStream out, CompletableFuture<End> ended) {
      this.out = Channels.newChannel(out);
      this.ended = ended;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
      try {
        while (!outBroken && data.hasRemaining()) {
          out.write(data);
        }
      } catch (IOException readerIsGone) {
        outBroken = true; // its own end shows in the input; until then the rest is dropped
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      ended.complete(new End(code, reason));
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      ended.complete(new End(1006, error.toString()));
    }
  }
}
