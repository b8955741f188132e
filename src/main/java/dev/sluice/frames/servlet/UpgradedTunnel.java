package dev.sluice.frames.servlet;

import dev.sluice.frames.stream.FramePort;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.Lane;
import dev.sluice.tunnel.TunnelService;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What the server makes for a connection that it hands over: the tunnel begins there. */
public class UpgradedTunnel implements HttpUpgradeHandler {

  /** What the server does not know and {@link ServletLane} gives it before it starts. */
  record Terms(
      Admitted admitted, TunnelService tunnels, ServletServer server, ReadBuffers buffers) {}

  private volatile @Nullable Terms terms;
  private volatile @Nullable ServletStream stream;
  private volatile @Nullable FramePort port;

  void agreeOn(Terms agreed) {
    terms = agreed;
  }

  @Override
  public void init(WebConnection connection) {
    Terms agreed = terms;
    if (agreed == null) {
      throw new IllegalStateException("upgraded past the filter");
    }
    try {
      Executor loop = agreed.admitted().reservation().loop()::execute;
      ServletStream taken = new ServletStream(connection, loop, agreed.server(), agreed.buffers());
      FramePort opened = new FramePort(taken);
      stream = taken;
      port = opened;
      opened.start(agreed.tunnels().open(agreed.admitted(), Lane.FAST, opened));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The server lets the connection go when this returns, by itself or because it was told to. */
  @Override
  public void destroy() {
    ServletStream taken = stream;
    if (taken != null) {
      taken.detach();
    }
    FramePort opened = port;
    Terms agreed = terms;
    if (opened == null && agreed != null) {
      agreed.admitted().reservation().abandon();
    }
    if (opened != null) {
      opened.lost(new IOException("the server has let the connection go"));
    }
  }
}
