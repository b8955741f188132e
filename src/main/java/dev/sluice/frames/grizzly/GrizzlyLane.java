package dev.sluice.frames.grizzly;

import dev.sluice.frames.OpeningHandshake;
import dev.sluice.frames.OpeningHandshake.Accepted;
import dev.sluice.frames.stream.ByteStream;
import dev.sluice.frames.stream.ChannelStream;
import dev.sluice.frames.stream.FramePort;
import dev.sluice.relay.IoLoop;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.Lane;
import dev.sluice.tunnel.Subprotocols;
import dev.sluice.tunnel.TunnelService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.glassfish.grizzly.Buffer;
import org.glassfish.grizzly.IOEvent;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.nio.NIOTransport;

/** Takes an admitted connection out of Grizzly and opens its tunnel. */
public final class GrizzlyLane {

  private final TunnelService tunnels;

  /** A lane whose tunnels are opened by {@code tunnels}. */
  public GrizzlyLane(TunnelService tunnels) {
    this.tunnels = tunnels;
  }

  /** Whether the request is a WebSocket's opening handshake, and what is wrong if it is not. */
  public static OpeningHandshake.Answer check(HttpRequestPacket request) {
    return OpeningHandshake.check(
        request.getMethod().getMethodString(),
        request.getProtocolString(),
        request.getHeaders()::values);
  }

  /**
   * Takes the connection over: Grizzly's selector lets go of the channel, and nothing of the chain
   * is called for it any more. The worker's thread, while reads are disabled.
   */
  public NextAction take(
      FilterChainContext ctx, HttpContent message, Accepted accepted, Admitted admitted)
      throws IOException {
    HttpRequestPacket request = (HttpRequestPacket) message.getHttpHeader();
    ByteBuffer answer =
        OpeningHandshake.response(
            accepted, Subprotocols.agreed(request.getHeaders().values("Sec-WebSocket-Protocol")));
    NIOConnection connection = (NIOConnection) ctx.getConnection();
    NIOTransport transport = (NIOTransport) connection.getTransport();
    connection.disableIOEvent(IOEvent.READ);
    IoLoop loop = tunnels.nextLoop();
    SocketChannel channel = (SocketChannel) connection.getChannel();
    ByteBuffer leftover = copy(message.getContent());
    transport
        .getSelectorHandler()
        .deregisterChannelAsync(connection.getSelectorRunner(), channel, null);
    open(new ChannelStream(channel, loop, answer, leftover), loop, admitted);
    // suspended for good: nobody enables the reads again, and nothing refers to the context
    return ctx.getSuspendAction();
  }

  private void open(ByteStream stream, IoLoop loop, Admitted admitted) {
    FramePort port = new FramePort(stream);
    port.start(tunnels.open(admitted, Lane.FAST, port, loop));
  }

  private static ByteBuffer copy(Buffer content) {
    ByteBuffer bytes = ByteBuffer.allocate(content.remaining());
    content.get(bytes);
    return bytes.flip();
  }
}
