package dev.sluice.frames.servlet;

import jakarta.servlet.ServletContext;
import java.util.concurrent.Executor;

/** The servers that every suite has passed on, and what they want when a connection is upgraded. */
public enum ServletServer {
  WILDFLY("WildFly", false, false, true, ReadBuffers.SIZE, ReadBuffers.SIZE),
  PAYARA("Payara", true, true, false, ReadBuffers.SIZE / 2, ReadBuffers.SIZE / 4),
  /** Any other: the specification is all that is known of it. */
  OTHER("", false, false, false, ReadBuffers.SIZE, ReadBuffers.SIZE);

  private final String name;
  private final boolean sendsHeadOnlyWhenTold;
  private final boolean keepsWhatItCloses;
  private final boolean endsHalf;
  private final int mostOfOneWrite;
  private final int mostOfALesserWrite;

  ServletServer(
      String name,
      boolean sendsHeadOnlyWhenTold,
      boolean keepsWhatItCloses,
      boolean endsHalf,
      int mostOfOneWrite,
      int mostOfALesserWrite) {
    this.name = name;
    this.sendsHeadOnlyWhenTold = sendsHeadOnlyWhenTold;
    this.keepsWhatItCloses = keepsWhatItCloses;
    this.endsHalf = endsHalf;
    this.mostOfOneWrite = mostOfOneWrite;
    this.mostOfALesserWrite = mostOfALesserWrite;
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
   * The most bytes that one write is given, {@link ReadBuffers#SIZE} at most. Undertow copies what
   * the client does not take of it. Payara hands the kernel at most one and a half times its {@code
   * socket-write-buffer-size}, 33 KiB with {@code server-config/payara}, and waits for the selector
   * before it goes on with the rest.
   */
  int mostOfOneWrite() {
    return mostOfOneWrite;
  }

  /**
   * How many of {@code bytes} the next write is given. What a client does not take Payara copies to
   * a buffer of 4, 16 or 64 KiB, and keeps four or five of those: what is less than a whole write
   * is cut to fit the middle one. A whole one is worth its 64 KiB, as smaller ones cost a fifth to
   * a third of the speed.
   */
  int sizeOfNextWrite(int bytes) {
    return bytes >= mostOfOneWrite ? mostOfOneWrite : Math.min(bytes, mostOfALesserWrite);
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
