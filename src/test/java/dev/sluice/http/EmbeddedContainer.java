package dev.sluice.http;

import dev.sluice.access.AccessControl;
import dev.sluice.access.AuthSettings;
import dev.sluice.access.Authenticators;
import dev.sluice.access.Forwarding;
import dev.sluice.access.OriginPolicy;
import dev.sluice.access.TicketSettings;
import dev.sluice.access.Tickets;
import dev.sluice.audit.AuditLog;
import dev.sluice.audit.AuditSettings;
import dev.sluice.limits.LimitSettings;
import dev.sluice.limits.Limits;
import dev.sluice.metrics.Metrics;
import dev.sluice.relay.IoLoops;
import dev.sluice.target.NetworkPattern;
import dev.sluice.target.ResolutionException;
import dev.sluice.target.Rule;
import dev.sluice.target.SelfAddresses;
import dev.sluice.target.TargetPolicy;
import dev.sluice.target.TargetSettings;
import dev.sluice.tunnel.ActiveTunnels;
import dev.sluice.tunnel.CallerLimits;
import dev.sluice.tunnel.DenialPace;
import dev.sluice.tunnel.TunnelRoom;
import jakarta.servlet.Servlet;
import jakarta.servlet.annotation.WebServlet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.glassfish.grizzly.http.server.HttpServer;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.servlet.ServletRegistration;
import org.glassfish.grizzly.servlet.WebappContext;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;

/**
 * The probe, health and metrics servlets in a servlet container on loopback, under a policy that
 * allows loopback addresses and nothing else, and resolves nothing.
 */
final class EmbeddedContainer implements AutoCloseable {

  /** As few as there can be: a blocked one shows. */
  static final int WORKERS = 2;

  final List<String> reasonsAgainstReadiness = new ArrayList<>();

  /** Whether asking policy throws. */
  volatile boolean policyFails;

  final Metrics metrics =
      new Metrics(
          "test",
          new Metrics.KnownOutcomes(
              List.of(), List.of(), List.of("ping", "ssh"), Probes.OUTCOMES, List.of()));
  final Tickets tickets = new Tickets();
  volatile Authenticators authenticators =
      new Authenticators(AuthSettings.defaults(), TicketSettings.defaults(), tickets);
  volatile Forwarding forwarding = Forwarding.none();
  volatile LimitSettings settings = new LimitSettings(0, 0, 0, 0, 0, 0, 0, 0, 0);
  private final SelfAddresses self = SelfAddresses.ofThisMachine();
  final AuditLog audit = AuditLog.start(AuditSettings.defaults(), Thread::new);
  final Watchers watchers = new Watchers(Thread::new);
  private final IoLoops loops;
  private final HttpServer server = new HttpServer();
  private final NetworkListener listener = new NetworkListener("test", "127.0.0.1", 0);

  @SuppressWarnings("UnnecessaryAssignment") // there is no CDI here to inject anything
  private EmbeddedContainer() throws IOException {
    loops = IoLoops.start(1, Thread::new);
    Limits limits = Limits.of(() -> settings);
    CallerLimits callers = new CallerLimits(limits, metrics);
    TunnelRoom room = new TunnelRoom(limits, callers, loops);
    Probes probes = new Probes(loops, this::policyOfProbes, self, metrics, audit, callers, room);
    Entrance entrance =
        new Entrance(
            new AccessControl(() -> OriginPolicy.of(List.of("self")), () -> authenticators),
            () -> forwarding,
            this::loopbackOnly,
            callers);
    WebappContext app = new WebappContext("sluice", "/sluice");
    for (ProbeServlet servlet :
        List.of(new PingApi(), new PingText(), new SshBannerApi(), new SshText())) {
      servlet.probes = probes;
      servlet.entrance = entrance;
      servlet.pace = new DenialPace(loops, this::loopbackOnly);
      register(app, servlet);
    }
    registerAccess(app, entrance, room);
    registerEvents(app, entrance);
    HealthServlet health = new HealthServlet();
    health.readiness = () -> List.copyOf(reasonsAgainstReadiness);
    register(app, health);
    MetricsServlet exposition = new MetricsServlet();
    exposition.metrics = metrics;
    register(app, exposition);
    server.addListener(listener);
    listener
        .getTransport()
        .setWorkerThreadPoolConfig(
            ThreadPoolConfig.defaultConfig().setCorePoolSize(WORKERS).setMaxPoolSize(WORKERS));
    app.deploy(server);
    server.start();
  }

  @SuppressWarnings("UnnecessaryAssignment") // there is no CDI here to inject anything
  private void registerAccess(WebappContext app, Entrance entrance, TunnelRoom room) {
    Whoami whoami = new Whoami();
    whoami.entrance = entrance;
    register(app, whoami);
    TargetList list = new TargetList();
    list.entrance = entrance;
    list.targets = this::loopbackOnly;
    register(app, list);
    TicketApi ticketApi = new TicketApi();
    ticketApi.entrance = entrance;
    ticketApi.tickets = tickets;
    ticketApi.room = room;
    ticketApi.settings = () -> TicketSettings.defaults();
    register(app, ticketApi);
  }

  @SuppressWarnings("UnnecessaryAssignment") // there is no CDI here to inject anything
  private void registerEvents(WebappContext app, Entrance entrance) {
    Events events = new Events();
    events.entrance = entrance;
    events.sessions = new Sessions(new ActiveTunnels());
    events.watchers = watchers;
    events.access = new AccessControl(() -> OriginPolicy.of(List.of("self")), () -> authenticators);
    register(app, events);
  }

  static EmbeddedContainer start() throws IOException {
    return new EmbeddedContainer();
  }

  /** Sends a request as it is written and reads the answer to the end of the connection. */
  Answer send(String method, String path, Map<String, String> headers, String body)
      throws IOException {
    StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    request.append("Host: ").append(authority()).append("\r\nConnection: close\r\n");
    headers.forEach(
        (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0) {
      request.append("Content-Length: ").append(bytes.length).append("\r\n");
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), listener.getPort())) {
      socket.setSoTimeout(60_000);
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      all.write(request.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
      all.write(bytes);
      socket.getOutputStream().write(all.toByteArray());
      return Answer.parse(socket.getInputStream().readAllBytes());
    }
  }

  Answer get(String path) throws IOException {
    return send("GET", path, Map.of(), "");
  }

  Answer post(String path, String json) throws IOException {
    return send("POST", path, Map.of("Content-Type", "application/json"), json);
  }

  String authority() {
    return "127.0.0.1:" + listener.getPort();
  }

  @Override
  public void close() {
    watchers.close();
    server.shutdownNow();
    loops.stop(10);
    audit.close();
  }

  /** Head and body of an HTTP answer. */
  record Answer(int status, String head, String body) {
    private static Answer parse(byte[] bytes) {
      String text = new String(bytes, StandardCharsets.UTF_8);
      int end = text.indexOf("\r\n\r\n");
      String head = text.substring(0, end);
      return new Answer(Integer.parseInt(head.split(" ", 3)[1]), head, text.substring(end + 4));
    }

    boolean isProblem(int expected, String code) {
      return status == expected
          && head.contains("application/problem+json")
          && body.contains("\"status\":" + expected)
          && body.contains("\"code\":\"" + code + "\"");
    }
  }

  private static void register(WebappContext app, Servlet servlet) {
    WebServlet annotation = servlet.getClass().getAnnotation(WebServlet.class);
    ServletRegistration registration = app.addServlet(servlet.getClass().getSimpleName(), servlet);
    registration.addMapping(annotation.urlPatterns());
    registration.setAsyncSupported(annotation.asyncSupported());
  }

  private TargetPolicy policyOfProbes() {
    if (policyFails) {
      throw new IllegalStateException("a defect of the test's");
    }
    return loopbackOnly();
  }

  private TargetPolicy loopbackOnly() {
    Rule loopback =
        new Rule(
            true,
            List.of(),
            List.of(),
            List.of(NetworkPattern.parse("127.0.0.0/8"), NetworkPattern.parse("::1/128")),
            List.of());
    TargetSettings settings =
        new TargetSettings(
            List.of(loopback), Map.of(), List.of(), Duration.ofSeconds(3), List.of());
    return new TargetPolicy(
        settings,
        name -> {
          throw new ResolutionException("no such name");
        },
        self);
  }
}
