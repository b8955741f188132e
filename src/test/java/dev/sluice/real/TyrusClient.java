package dev.sluice.real;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.List;
import org.glassfish.tyrus.client.ClientManager;

/** Tyrus, the reference implementation of Jakarta WebSocket, as a client. */
final class TyrusClient extends JavaClient {

  private final Session session;

  private TyrusClient(URI uri) throws Exception {
    session =
        ClientManager.createClient()
            .connectToServer(new Listening(), ClientEndpointConfig.Builder.create().build(), uri);
  }

  static JavaClient open(URI uri) throws Exception {
    return new TyrusClient(uri);
  }

  @Override
  void send(List<byte[]> pieces) throws IOException {
    int left = pieces.size();
    for (byte[] piece : pieces) {
      session.getBasicRemote().sendBinary(ByteBuffer.wrap(piece), --left == 0);
    }
  }

  @Override
  void send(String text) throws IOException {
    session.getBasicRemote().sendText(text);
  }

  @Override
  void ping(byte[] payload) throws IOException {
    session.getBasicRemote().sendPing(ByteBuffer.wrap(payload));
  }

  @Override
  void close(int code) throws IOException {
    session.close(new CloseReason(CloseCodes.getCloseCode(code), ""));
  }

  private final class Listening extends Endpoint {

    @Override
    public void onOpen(Session opened, EndpointConfig config) {
      MessageHandler.Whole<ByteBuffer> binary = TyrusClient.this::arrived;
      MessageHandler.Whole<PongMessage> pong = p -> ponged(p.getApplicationData());
      opened.addMessageHandler(ByteBuffer.class, binary);
      opened.addMessageHandler(PongMessage.class, pong);
    }

    @Override
    public void onClose(Session closed, CloseReason reason) {
      closedWith(reason.getCloseCode().getCode());
    }
  }
}
