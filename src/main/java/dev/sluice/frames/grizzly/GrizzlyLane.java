package dev.sluice.frames.grizzly;

import dev.sluice.frames.OpeningHandshake;
import dev.sluice.frames.OpeningHandshake.Accepted;
import dev.sluice.frames.stream.ByteStream;
import dev.sluice.frames.stream.ChannelStream;
import dev.sluice.frames.stream.FramePort;
import dev.sluice.frames.tls.TlsStream;
import dev.sluice.relay.IoLoop;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.Lane;
import dev.sluice.tunnel.Subprotocols;
import dev.sluice.tunnel.TunnelService;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLEngine;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;
import org.glassfish.grizzly.WriteResult;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.glassfish.grizzly.http.HttpContent;
import org.glassfish.grizzly.http.HttpRequestPacket;
import org.glassfish.grizzly.memory.Buffers;
import org.glassfish.grizzly.ssl.SSLUtils;

/** Takes an admitted connection out of Grizzly and opens its tunnel. */
public final class GrizzlyLane {

  private static final String SUBPROTOCOL = "Sec-WebSocket-Protocol";
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

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
   * The bytes of a 101.
   *
   * @param fields it has besides, by name
   */
  public static ByteBuffer answer(
      HttpRequestPacket request, Accepted accepted, Map<String, String> fields) {
    Map<String, String> all = new LinkedHashMap<>(fields);
    String agreed = Subprotocols.agreed(request.getHeaders().values(SUBPROTOCOL));
    if (agreed != null) {
      all.put(SUBPROTOCOL, agreed);
    }
    return OpeningHandshake.response(accepted, all.entrySet());
  }

  /**
   * Takes the connection over: Grizzly's selector lets go of the channel, and nothing of the chain
   * is called for it any more. The worker's thread, while reads are disabled.
   *
   * @param answer the bytes of the 101
   * @param unread the beginning of a TLS record that has been read; empty without TLS
   */
  public NextAction take(
      FilterChainContext ctx, ByteBuffer answer, ByteBuffer unread, Admitted admitted)
      throws IOException {
    TakenConnection connection = new TakenConnection(ctx);
    IoLoop loop = admitted.reservation().loop();
    ByteBuffer leftover = TakenConnection.copy(((HttpContent) ctx.getMessage()).getContent());
    SocketChannel channel = connection.channel();
    SSLEngine engine = SSLUtils.getSSLEngine(ctx.getConnection());
    if (engine == null && TakenConnection.hasWrittenAll(ctx.getConnection())) {
      connection.letGo();
      open(new ChannelStream(channel, channel, loop, answer, leftover), admitted);
    } else {
      ByteStream stream =
          engine == null
              ? new ChannelStream(channel, channel, loop, NOTHING, leftover)
              : new TlsStream(
                  new ChannelStream(channel, channel, loop, NOTHING, unread),
                  engine,
                  loop,
                  leftover);
      answerThen(
          ctx,
          answer,
          // not in the midst of the write: Grizzly still has to do with the channel's key
          () ->
              loop.execute(
                  () -> {
                    connection.letGo();
                    open(stream, admitted);
                  }));
    }
    // suspended for good: nobody enables the reads again, and nothing refers to the context
    return ctx.getSuspendAction();
  }

  /** By Grizzly, behind what it still has to send: an answer before, tickets of its TLS. */
  @SuppressWarnings("rawtypes") // as the interface has it
  private static void answerThen(FilterChainContext ctx, ByteBuffer answer, Runnable then) {
    Connection<?> connection = ctx.getConnection();
    ctx.write(
        Buffers.wrap(ctx.getMemoryManager(), answer),
        new EmptyCompletionHandler<>() {
          @Override
          public void completed(WriteResult written) {
            then.run();
          }

          @Override
          public void failed(Throwable why) {
            connection.closeSilently();
          }
        });
  }

  private void open(ByteStream stream, Admitted admitted) {
    FramePort port = new FramePort(stream);
    port.start(tunnels.open(admitted, Lane.FAST, port));
  }
}
