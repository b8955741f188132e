package dev.sluice.websocket.undertow;

import dev.sluice.websocket.ReceiveLever;
import jakarta.websocket.Session;
import java.io.Closeable;
import java.io.IOException;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Undertow queues what a client sends without a bound, and a blocked endpoint does not stop it; its
 * channel, which the session gives out by a public method, can be suspended. Looked up by name, as
 * the classes are there on no other server, and for each session: anything kept by the server's
 * class would keep this application's class loader at an undeploy.
 */
public final class UndertowLever implements ReceiveLever {

  private static final System.Logger LOG = System.getLogger(UndertowLever.class.getName());

  private final Object channel;
  private final Method suspend;
  private final Method resume;

  private UndertowLever(Object channel) throws ReflectiveOperationException {
    this.channel = channel;
    this.suspend = channel.getClass().getMethod("suspendReceives");
    this.resume = channel.getClass().getMethod("resumeReceives");
  }

  /** The session's lever; null when it is not Undertow's. */
  public static @Nullable UndertowLever find(Session session) {
    try {
      return new UndertowLever(session.getClass().getMethod("getWebSocketChannel").invoke(session));
    } catch (ReflectiveOperationException notUndertow) {
      return null;
    }
  }

  @Override
  public void pause() {
    pull(suspend);
  }

  @Override
  public void resume() {
    pull(resume);
  }

  private void pull(Method lever) {
    try {
      lever.invoke(channel);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the channel did not obey", e);
    }
  }

  @Override
  public void disconnect() {
    try {
      ((Closeable) channel).close();
    } catch (IOException e) {
      LOG.log(System.Logger.Level.DEBUG, "the channel was gone", e);
    }
  }
}
