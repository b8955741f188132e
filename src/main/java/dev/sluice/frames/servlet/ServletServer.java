package dev.sluice.frames.servlet;

import jakarta.servlet.ServletContext;

/** The servers that every suite has passed on, and what they want when a connection is upgraded. */
public enum ServletServer {
  WILDFLY("WildFly", false),
  PAYARA("Payara", true),
  /** Any other: the specification is all that is known of it. */
  OTHER("", false);

  private final String name;
  private final boolean sendsHeadOnlyWhenTold;

  ServletServer(String name, boolean sendsHeadOnlyWhenTold) {
    this.name = name;
    this.sendsHeadOnlyWhenTold = sendsHeadOnlyWhenTold;
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
}
