package dev.sluice.bench.peer;

import dev.sluice.bench.floor.Floor;
import dev.sluice.bench.load.Address;
import dev.sluice.bench.proc.OpenFiles;
import dev.sluice.bench.proc.ProcessTree;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Ports;
import dev.sluice.testkit.ServerKind;
import dev.sluice.tunnel.Lane;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What can be measured. */
public enum PeerKind {
  /** The target itself: what the tool and the kernel can do with nothing in between. */
  DIRECT {
    @Override
    public Peer start(int targetPort, Ours ours) {
      return new Peer(this, Address.tcp(targetPort), Optional.empty(), () -> {});
    }
  },

  /** HAProxy in TCP mode, with its defaults: what every ratio is to. */
  HAPROXY {
    @Override
    public Peer start(int targetPort, Ours ours) {
      int port = Ports.free();
      String config =
          """
          global
            maxconn %d
          defaults
            mode tcp
            timeout connect 10s
            timeout client 1h
            timeout server 1h
          listen bench
            bind 127.0.0.1:%d backlog 8192
            server target 127.0.0.1:%d
          """
              .formatted(Math.min(16_000, OpenFiles.tunnels() + 50), port, targetPort);
      return proxy(ProxyProcess.start("haproxy", config, port, "-db", "-f", ProxyProcess.CONFIG));
    }
  },

  /** socat, a process for each connection, with buffers of 64 KiB. */
  SOCAT {
    @Override
    public Peer start(int targetPort, Ours ours) {
      int port = Ports.free();
      String listen = "TCP4-LISTEN:" + port + ",bind=127.0.0.1,fork,reuseaddr,nodelay,backlog=8192";
      String dial = "TCP4:127.0.0.1:" + targetPort + ",nodelay";
      return proxy(ProxyProcess.start("socat", "", port, "-b65536", listen, dial));
    }

    @Override
    public int mostIdle() {
      return 1000;
    }
  },

  /** websockify, a WebSocket gateway with a process for each connection. */
  WEBSOCKIFY {
    @Override
    public Peer start(int targetPort, Ours ours) {
      int port = Ports.free();
      ProxyProcess process =
          ProxyProcess.start(
              "websockify", "", port, "127.0.0.1:" + port, "127.0.0.1:" + targetPort);
      Address address = Address.webSocket(port, "/", "binary");
      return new Peer(this, address, Optional.of(process.tree()), process);
    }

    @Override
    public int mostIdle() {
      return 0; // 30 MB resident each
    }
  },

  EMBEDDED_FAST(ServerKind.EMBEDDED, Lane.FAST),
  EMBEDDED_STANDARD(ServerKind.EMBEDDED, Lane.STANDARD),
  WILDFLY_FAST(ServerKind.WILDFLY, Lane.FAST),
  WILDFLY_STANDARD(ServerKind.WILDFLY, Lane.STANDARD),
  PAYARA_FAST(ServerKind.PAYARA, Lane.FAST),
  PAYARA_STANDARD(ServerKind.PAYARA, Lane.STANDARD),

  /** A server with an endpoint that only counts: what the standard lane's relay is added to. */
  EMBEDDED_FLOOR(ServerKind.EMBEDDED, null),
  WILDFLY_FLOOR(ServerKind.WILDFLY, null),
  PAYARA_FLOOR(ServerKind.PAYARA, null);

  /**
   * What servers of ours are started with.
   *
   * @param jvmOptions of the server
   * @param limited whether the limits by caller stand as they are without a configuration
   */
  public record Ours(List<String> jvmOptions, boolean limited) {}

  private static final String CONFIG =
      """
      rules:
        - {allow: true, networks: [127.0.0.0/8]}
      tunnel: {lane: %s}
      """;

  /** Lifts what would cut the tool off: all that it opens comes from one address. */
  public static final String NO_LIMITS =
      """
      limits:
        tunnels: 0
        pending-dials: 0
        per-user: 0
        per-address: 0
        per-target: 0
        handshakes-per-minute: 0
        targets-per-minute: 0
      """;

  private final ServerKind server;
  private final Lane lane;

  PeerKind() {
    this(null, null);
  }

  PeerKind(ServerKind server, Lane lane) {
    this.server = server;
    this.lane = lane;
  }

  /**
   * Starts one and waits until it serves.
   *
   * @param ours how one of ours is set up
   * @throws org.opentest4j.TestAbortedException when it is not installed
   */
  public Peer start(int targetPort, Ours ours) {
    if (isFloor()) {
      Floor floor = Floor.start(server, ours.jvmOptions());
      Optional<ProcessTree> process = Optional.of(new ProcessTree(floor.server().pid()));
      return new Peer(
          this, floor.address(), floor.echo(), process, Optional.of(floor.count()), floor);
    }
    String config = CONFIG.formatted(lane.word()) + (ours.limited() ? "" : NO_LIMITS);
    GatewayServer gateway = GatewayServer.start(server, config, ours.jvmOptions());
    String path = "/sluice/tunnel?host=127.0.0.1&port=" + targetPort;
    Address address = Address.webSocket(gateway.port(), path, "");
    return new Peer(this, address, Optional.of(new ProcessTree(gateway.pid())), gateway);
  }

  /**
   * Whether it is Sluice, or what Sluice is compared with: a run without its figures is no good.
   */
  public boolean mustDoWell() {
    return server != null || this == DIRECT || this == HAPROXY;
  }

  /** Whether it takes bytes and carries them nowhere. */
  public boolean isFloor() {
    return server != null && lane == null;
  }

  /** Whether it is a JVM. */
  public boolean isJvm() {
    return server != null;
  }

  /** The most idle connections that it is asked for. */
  public int mostIdle() {
    return isFloor() ? 0 : OpenFiles.tunnels();
  }

  /** Those that are measured when none is named. */
  public static List<PeerKind> usual() {
    return List.of(values()).stream().filter(kind -> !kind.isFloor()).toList();
  }

  /** As settings and the report call it, such as {@code embedded-fast}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one of that name. */
  public static PeerKind of(String word) {
    for (PeerKind kind : values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    List<String> known = List.of(values()).stream().map(PeerKind::word).toList();
    throw new IllegalArgumentException("no peer " + word + ", there are " + known);
  }

  final Peer proxy(ProxyProcess process) {
    Address address = Address.tcp(process.port());
    return new Peer(this, address, Optional.of(process.tree()), process);
  }
}
