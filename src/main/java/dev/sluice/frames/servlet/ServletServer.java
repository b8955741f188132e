package dev.sluice.frames.servlet;

import jakarta.servlet.ServletContext;
import java.util.concurrent.Executor;

/** The servers that every suite has passed on, and what they want when a connection is upgraded. */
public enum ServletServer {
  WILDFLY("WildFly", false, false, true),
  PAYARA("Payara", true, true, false),
  /** Any other: the specification is all that is known of it. */
  OTHER("", false, false, false);

  private final String name;
  private final boolean sendsHeadOnlyWhenTold;
  private final boolean keepsWhatItCloses;
  private final boolean endsHalf;

  ServletServer(
      String name, boolean sendsHeadOnlyWhenTold, boolean keepsWhatItCloses, boolean endsHalf) {
    this.name = name;
    this.sendsHeadOnlyWhenTold = sendsHeadOnlyWhenTold;
    this.keepsWhatItCloses = keepsWhatItCloses;
    this.endsHalf = endsHalf;
  }

  /** The server that runs {@code context}. */
  public static ServletServer of(ServletContext context) {
    String info = context.getServerInfo();
    for (ServletServer server : values()) {
      if (info.contains(server.name)) {
        return server;
      }
    }
    return OTHER;
  }

  /** Whether {@code tunnel.lane: auto} takes the fast lane here. */
  public boolean isProven() {
    return this != OTHER;
  }

  /**
   * Whether the 101 has to be flushed, and before the upgrade: Payara suspends the response there.
   * Undertow refuses to upgrade an answer that has left.
   */
  boolean sendsHeadOnlyWhenTold() {
    return sendsHeadOnlyWhenTold;
  }

  /** Whether an upgraded connection's output that is closed ends TCP's half; Payara's does not. */
  boolean endsHalf() {
    return endsHalf;
  }

  /**
   * Where connections are closed. Payara keeps the objects of a closed connection for the next one
   * on the thread that closed it, while a worker may still be inside them: on a thread that closes
   * one connection and ends, nobody finds them.
   *
   * @param loop where it is done if that is harmless
   */
  Executor closer(Executor loop) {
    return keepsWhatItCloses ? ServletServer::onThreadOfItsOwn : loop;
  }

  private static void onThreadOfItsOwn(Runnable task) {
    Thread thread = new Thread(task, "sluice-close");
    thread.setDaemon(true);
    thread.start();
  }
}
