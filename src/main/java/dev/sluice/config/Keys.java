package dev.sluice.config;

import dev.sluice.access.TicketSettings;
import dev.sluice.audit.AuditSettings;
import dev.sluice.limits.LimitSettings;
import dev.sluice.relay.RelaySettings;
import dev.sluice.target.HostPort;
import dev.sluice.target.Network;
import dev.sluice.target.TargetSettings;
import dev.sluice.tunnel.LaneChoice;
import dev.sluice.tunnel.MemoryShare;
import dev.sluice.tunnel.NodeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every key with its type, default and meaning: the loader, the printer and the docs go by it. */
final class Keys {

  private static final RelaySettings RELAY = RelaySettings.defaults();
  private static final NodeSettings NODE = NodeSettings.defaults();
  private static final LimitSettings LIMITS = LimitSettings.defaults();
  private static final WholeNumber ANY_NUMBER = new WholeNumber("number", 0, 1_000_000, "no limit");
  private static final ByteSize RATE = new ByteSize(1, 1L << 40, "no limit");
  private static final AuditSettings AUDIT = AuditSettings.defaults();
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MONTH = Duration.ofDays(30);
  private static final ByteSize SOCKET_BUFFER =
      new ByteSize(4_096, 16 << 20, "the system's choice");

  static final Key<String> LISTEN_HOST =
      fixed(
          "listen.host",
          new ListenAddress(),
          "127.0.0.1",
          "where the embedded server listens; an app server has its own configuration for this");
  static final Key<Integer> LISTEN_PORT =
      fixed("listen.port", WholeNumber.PORT, 8080, "the embedded server's port");
  static final Key<Optional<Path>> TLS_CERTIFICATE =
      fixed(
          "listen.tls.certificate",
          new FilePath(),
          Optional.empty(),
          "PEM file with the embedded server's certificate, then those that lead to its root; with"
              + " it HTTPS is served instead of HTTP. This file and the others of listen.tls are"
              + " looked for from the working directory, and read again when they change");
  static final Key<Optional<Path>> TLS_KEY =
      fixed(
          "listen.tls.key",
          new FilePath(),
          Optional.empty(),
          "PEM file with the certificate's private key: PKCS#8, not encrypted, RSA, EC or Ed25519");
  static final Key<Optional<Path>> TLS_KEYSTORE =
      fixed(
          "listen.tls.keystore",
          new FilePath(),
          Optional.empty(),
          "PKCS#12 file with one private key and its certificates, instead of the two PEM files");
  static final Key<Secret> TLS_PASSWORD =
      fixed(
          "listen.tls.password", new SecretText(), new Secret(""), "password of the PKCS#12 file");
  static final Key<Optional<Path>> TLS_PASSWORD_FILE =
      fixed(
          "listen.tls.password-file",
          new FilePath(),
          Optional.empty(),
          "file whose first line is that password, instead of the password itself");

  static final Key<List<String>> ORIGINS =
      live(
          "origins",
          new ListType<>(new OriginEntry(), true),
          List.of("self"),
          "pages that may open tunnels; self is the page that the gateway itself serves. Behind a"
              + " proxy that ends TLS list the exact origin; only exact origins hold against DNS"
              + " rebinding");

  static final Key<List<Network>> PROXIES =
      live(
          "proxies",
          new ListType<>(
              new Parsed<>(Network::parse, Network::toString, "IP address or network"), true),
          List.of(),
          "proxies whose X-Forwarded-For and X-Forwarded-Proto count, read from right to left; from"
              + " anybody else they count for nothing");
  static final Key<Duration> TICKET_LIFETIME =
      live(
          "tickets.lifetime",
          new TimeSpan(SECOND, TicketSettings.LONGEST, ""),
          TicketSettings.defaults().lifetime(),
          "how long a one-time ticket can be redeemed");
  static final Key<Boolean> TICKETS_IN_QUERY =
      live(
          "tickets.in-query",
          new Truth(),
          TicketSettings.defaults().inQuery(),
          "whether a ticket may also come as ?ticket=, for clients that can offer no sub-protocol:"
              + " addresses end up in the logs of servers and proxies");

  static final Key<LaneChoice> LANE =
      fixed(
          "tunnel.lane",
          Choice.of(LaneChoice.class),
          NODE.lane(),
          "who speaks WebSocket with the clients: the server's engine (standard), Sluice on the"
              + " connection that the server hands over (fast), or the fast one wherever every test"
              + " suite has passed on it (auto)");
  static final Key<Long> HIGH_WATER =
      live(
          "tunnel.high-water",
          new ByteSize(RelaySettings.LEAST_MARK, 64 << 20, ""),
          (long) RELAY.highWater(),
          "bytes buffered in one direction of a tunnel above which its source is stopped, until half");
  static final Key<Long> MAX_MESSAGE =
      live(
          "tunnel.max-message",
          new ByteSize(1_024, 1 << 20, ""),
          (long) RELAY.maxMessage(),
          "longest WebSocket message sent");
  static final Key<MemoryShare> MEMORY_BUDGET =
      fixed(
          "tunnel.memory-budget",
          new BudgetType(),
          NODE.budget(),
          "what all tunnels' buffers may take together; once spent, new tunnels are refused");
  static final Key<Duration> DIAL_TIMEOUT =
      live(
          "tunnel.dial-timeout",
          new TimeSpan(SHORT, Duration.ofMinutes(2), ""),
          RELAY.dialTimeout(),
          "how long the TCP connect to a target may take");
  static final Key<Duration> IDLE_TIMEOUT =
      live(
          "tunnel.idle-timeout",
          new TimeSpan(SECOND, MONTH, "no limit"),
          RELAY.idleTimeout(),
          "how long nothing may move either way before the tunnel ends");
  static final Key<Duration> SESSION_LIMIT =
      live(
          "tunnel.session-limit",
          new TimeSpan(SECOND, MONTH, "no limit"),
          RELAY.sessionLimit(),
          "how long a tunnel may live");
  static final Key<Duration> STALL_TIMEOUT =
      live(
          "tunnel.stall-timeout",
          new TimeSpan(SECOND, MONTH, "no limit"),
          RELAY.stallTimeout(),
          "how long bytes may wait without one of them moving before the tunnel ends");
  static final Key<Duration> LINGER =
      live(
          "tunnel.linger",
          new TimeSpan(SHORT, Duration.ofHours(1), ""),
          RELAY.linger(),
          "how long the target may take to read the rest and close once the client is gone");
  static final Key<Duration> PING =
      live(
          "tunnel.ping",
          new TimeSpan(SECOND, Duration.ofDays(1), "never"),
          RELAY.ping(),
          "how often an otherwise silent client is pinged, which finds dead ones");
  static final Key<Long> SEND_BUFFER =
      live(
          "tunnel.send-buffer",
          SOCKET_BUFFER,
          (long) RELAY.sendBuffer(),
          "the target socket's send buffer");
  static final Key<Long> RECEIVE_BUFFER =
      live(
          "tunnel.receive-buffer",
          SOCKET_BUFFER,
          (long) RELAY.receiveBuffer(),
          "the target socket's receive buffer");
  static final Key<Integer> LOOPS =
      fixed(
          "tunnel.loops",
          new WholeNumber("number", 0, 256),
          NODE.loops(),
          "selector loops; 0: one for each processor");
  static final Key<Integer> BLOCKED_THREADS =
      fixed(
          "tunnel.blocked-threads",
          new WholeNumber("number", 0, 10_000),
          NODE.blockedThreads(),
          "container threads that may wait for slow targets at one time, where blocking is the"
              + " only way to stop a client; a tunnel over it ends with 1013");

  static final Key<Integer> TUNNELS =
      live(
          "limits.tunnels",
          ANY_NUMBER,
          LIMITS.tunnels(),
          "tunnels that the node has open at most; one more is refused with 503. Each takes two file"
              + " descriptors");
  static final Key<Integer> PER_USER =
      live(
          "limits.per-user",
          ANY_NUMBER,
          LIMITS.perUser(),
          "open tunnels of one user, from wherever; one more is refused with 429, as with all limits"
              + " that are not the node's");
  static final Key<Integer> PER_ADDRESS =
      live(
          "limits.per-address",
          ANY_NUMBER,
          LIMITS.perAddress(),
          "open tunnels from one client address, whoever asks; of IPv6, from one /64. Raise it where"
              + " many people come from behind one address");
  static final Key<Integer> PER_TARGET =
      live(
          "limits.per-target",
          ANY_NUMBER,
          LIMITS.perTarget(),
          "open tunnels to one name or named target, and to one address and port");
  static final Key<Integer> PENDING_DIALS =
      live(
          "limits.pending-dials",
          ANY_NUMBER,
          LIMITS.pendingDials(),
          "connects of the node, of tunnels and probes, that no target has answered yet; one more is"
              + " refused with 503");
  static final Key<Integer> HANDSHAKES_PER_MINUTE =
      live(
          "limits.handshakes-per-minute",
          ANY_NUMBER,
          LIMITS.handshakesPerMinute(),
          "tunnels that one caller may ask for in a minute: a user, or an address of which nobody is"
              + " known. As many failures to get in are heard from one address");
  static final Key<Integer> PROBES_PER_MINUTE =
      live(
          "limits.probes-per-minute",
          ANY_NUMBER,
          LIMITS.probesPerMinute(),
          "pings and SSH banners that one caller may ask for in a minute");
  static final Key<Integer> TARGETS_PER_MINUTE =
      live(
          "limits.targets-per-minute",
          new WholeNumber("number", 0, 10_000, "no limit"),
          LIMITS.targetsPerMinute(),
          "different targets that one caller may ask for in a minute, allowed or not, by tunnels and"
              + " probes together: what a port scan needs many of. As many that it asked for last cost"
              + " nothing when asked for again");
  static final Key<Long> TUNNEL_BYTES_PER_SECOND =
      live(
          "limits.tunnel-bytes-per-second",
          RATE,
          RELAY.bytesPerSecond(),
          "bytes a second that one tunnel carries each way at most: its ends are made to wait, no byte"
              + " is dropped");
  static final Key<Long> USER_BYTES_PER_SECOND =
      live(
          "limits.user-bytes-per-second",
          RATE,
          LIMITS.userBytesPerSecond(),
          "bytes a second that all tunnels of one caller carry each way at most, together");
  static final Key<Long> TUNNEL_BYTES =
      live(
          "limits.tunnel-bytes",
          new ByteSize(1, 1L << 50, "no limit"),
          RELAY.byteLimit(),
          "bytes that one tunnel carries in all, both ways together; then it ends with 4429");

  static final Key<Duration> DNS_TIMEOUT =
      live(
          "dns.timeout",
          new TimeSpan(SHORT, Duration.ofSeconds(30), ""),
          Duration.ofSeconds(2),
          "how long one resolution may take in all");
  static final Key<List<HostPort>> DNS_SERVERS =
      live(
          "dns.servers",
          new ListType<>(
              new Parsed<>(TargetSettings::parseDnsServer, HostPort::text, "IP address[:port]"),
              true),
          List.of(),
          "name servers to ask; empty: the system's");

  static final Key<List<Network>> SELF_ADDRESSES =
      live(
          "self.addresses",
          new ListType<>(
              new Parsed<>(Network::parse, Network::toString, "IP address or network"), true),
          List.of(),
          "addresses by which this gateway is reached besides those of its interfaces, such as its"
              + " load balancer's; never dialled");
  static final Key<List<Integer>> SELF_PORTS =
      fixed(
          "self.ports",
          new ListType<>(WholeNumber.PORT, true),
          List.of(),
          "the gateway's own ports besides the one it listens on; never dialled on this machine");

  static final Key<Duration> DRAIN_TIME =
      fixed(
          "drain.time",
          new TimeSpan(SHORT, Duration.ofHours(1), "at once"),
          NODE.drainTime(),
          "how long open tunnels may go on once the server is asked to stop, or to undeploy, which waits for it");

  static final Key<Optional<Path>> AUDIT_FILE =
      fixed(
          "audit.file",
          new FilePath(),
          Optional.empty(),
          "where every attempt is recorded, two lines of JSON each; made if there is none, in a"
              + " directory that is there");
  static final Key<Long> AUDIT_MAX_SIZE =
      fixed(
          "audit.max-size",
          new ByteSize(64 << 10, 1L << 40, ""),
          AUDIT.maxSize(),
          "bytes after which audit.file becomes audit.file.1 and a new one begins");
  static final Key<Integer> AUDIT_KEEP =
      fixed(
          "audit.keep",
          new WholeNumber("number", 0, 10_000),
          AUDIT.keep(),
          "how many such older files stay; the oldest is deleted");
  static final Key<Boolean> AUDIT_LOG =
      fixed(
          "audit.log",
          new Truth(),
          AUDIT.log(),
          "whether each line goes into the server's log too, as dev.sluice.audit");
  static final Key<Boolean> AUDIT_REQUIRED =
      fixed(
          "audit.required",
          new Truth(),
          AUDIT.required(),
          "whether new tunnels are refused and the node is not ready while nothing can be recorded");
  static final Key<Optional<String>> AUDIT_NODE =
      fixed(
          "audit.node",
          new OptionalText("name"),
          Optional.empty(),
          "this node's name in every line; empty: the machine's");

  /** The sections that only the file can give, and what they hold. */
  static final String AUTH = "auth";

  static final String TARGETS = "targets";

  static final String RULES = "rules";

  static final List<String> STRUCTURES = List.of(AUTH, TARGETS, RULES);

  /** In the order in which they are shown. */
  static final List<Key<?>> ALL =
      List.of(
          LISTEN_HOST,
          LISTEN_PORT,
          TLS_CERTIFICATE,
          TLS_KEY,
          TLS_KEYSTORE,
          TLS_PASSWORD,
          TLS_PASSWORD_FILE,
          ORIGINS,
          PROXIES,
          TICKET_LIFETIME,
          TICKETS_IN_QUERY,
          LANE,
          HIGH_WATER,
          MAX_MESSAGE,
          MEMORY_BUDGET,
          DIAL_TIMEOUT,
          IDLE_TIMEOUT,
          SESSION_LIMIT,
          STALL_TIMEOUT,
          LINGER,
          PING,
          SEND_BUFFER,
          RECEIVE_BUFFER,
          LOOPS,
          BLOCKED_THREADS,
          TUNNELS,
          PER_USER,
          PER_ADDRESS,
          PER_TARGET,
          PENDING_DIALS,
          HANDSHAKES_PER_MINUTE,
          PROBES_PER_MINUTE,
          TARGETS_PER_MINUTE,
          TUNNEL_BYTES_PER_SECOND,
          USER_BYTES_PER_SECOND,
          TUNNEL_BYTES,
          DNS_TIMEOUT,
          DNS_SERVERS,
          SELF_ADDRESSES,
          SELF_PORTS,
          DRAIN_TIME,
          AUDIT_FILE,
          AUDIT_MAX_SIZE,
          AUDIT_KEEP,
          AUDIT_LOG,
          AUDIT_REQUIRED,
          AUDIT_NODE);

  /** The same by path. */
  static final Map<String, Key<?>> BY_PATH =
      ALL.stream().collect(Collectors.toUnmodifiableMap(Key::path, Function.identity()));

  /** Every path that holds a value, in the order in which they are shown. */
  static final List<String> PATHS = paths();

  private Keys() {}

  private static List<String> paths() {
    List<String> paths =
        ALL.stream().map(Key::path).collect(Collectors.toCollection(ArrayList::new));
    paths.addAll(paths.indexOf(PROXIES.path()) + 1, STRUCTURES);
    return List.copyOf(paths);
  }

  private static <T> Key<T> live(String path, ValueType<T> type, T standard, String meaning) {
    return new Key<>(path, type, standard, meaning, true);
  }

  private static <T> Key<T> fixed(String path, ValueType<T> type, T standard, String meaning) {
    return new Key<>(path, type, standard, meaning, false);
  }
}
