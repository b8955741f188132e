package dev.sluice.real;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The JDK's own client. */
final class JdkClient extends JavaClient implements WebSocket.Listener {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final WebSocket socket;

  private JdkClient(URI uri) {
    socket = HTTP.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  static JavaClient open(URI uri) {
    return new JdkClient(uri);
  }

  @Override
  void send(List<byte[]> pieces) {
    int left = pieces.size();
    for (byte[] piece : pieces) {
      socket.sendBinary(ByteBuffer.wrap(piece), --left == 0).join();
    }
  }

  @Override
  void send(String text) {
    socket.sendText(text, true).join();
  }

  @Override
  void ping(byte[] payload) {
    socket.sendPing(ByteBuffer.wrap(payload)).join();
  }

  @Override
  void close(int code) {
    socket.sendClose(code, "").join();
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
    arrived(data);
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket from, ByteBuffer payload) {
    ponged(payload);
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closedWith(code);
    return null;
  }
}
