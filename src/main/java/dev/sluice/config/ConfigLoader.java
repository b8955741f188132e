package dev.sluice.config;

import dev.sluice.access.AccessSettings;
import dev.sluice.access.AuthSettings;
import dev.sluice.access.Forwarding;
import dev.sluice.access.OriginPolicy;
import dev.sluice.access.TicketSettings;
import dev.sluice.audit.AuditSettings;
import dev.sluice.limits.LimitSettings;
import dev.sluice.relay.RelaySettings;
import dev.sluice.target.IpAddress;
import dev.sluice.target.Network;
import dev.sluice.target.TargetSettings;
import dev.sluice.tunnel.NodeSettings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the configuration: a system property {@code sluice.<key>} before an environment variable
 * {@code SLUICE_<KEY>} before the file before the default. Does the same each time for the same
 * inputs; may be used by any thread.
 */
public final class ConfigLoader {

  private final Map<String, String> properties;
  private final Map<String, String> environment;
  private final FileOpener files;

  /**
   * A loader over these sources.
   *
   * @param properties all system properties; those of other software are passed over
   * @param environment all variables, likewise
   */
  public ConfigLoader(
      Map<String, String> properties, Map<String, String> environment, FileOpener files) {
    this.properties = Map.copyOf(properties);
    this.environment = Map.copyOf(environment);
    this.files = files;
  }

  /** A loader over this process's properties and environment as they are now. */
  public static ConfigLoader ofProcess() {
    Properties properties = System.getProperties();
    return new ConfigLoader(
        properties.stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, name -> properties.getProperty(name, ""))),
        System.getenv(),
        Files::newInputStream);
  }

  /** The same sources with {@code more} properties, such as those that a command line gives. */
  public ConfigLoader withProperties(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(properties);
    all.putAll(more);
    return new ConfigLoader(all, environment, files);
  }

  /** The same sources with files opened otherwise, such as one that is made up in memory. */
  public ConfigLoader withFiles(FileOpener opener) {
    return new ConfigLoader(properties, environment, opener);
  }

  /**
   * Reads everything anew.
   *
   * @throws ConfigurationException with all that is wrong
   */
  public Configuration load() throws ConfigurationException {
    return load(configuration -> List.of());
  }

  /**
   * Reads everything anew, and has {@code more} look at it.
   *
   * @throws ConfigurationException with all that is wrong and all that {@code more} finds
   */
  public Configuration load(Check more) throws ConfigurationException {
    Problems problems = new Problems();
    Optional<FileContent> content = content(problems);
    Place root =
        new Place(content.map(c -> c.file().path().toString()).orElse("file"), "", problems);
    FileKeys file =
        content
            .flatMap(FileContent::root)
            .map(tree -> FileKeys.of(tree, root))
            .orElse(FileKeys.none(root));
    ProcessNames.check(properties, environment, problems);
    Values values = new Values(properties, environment, file, problems);
    Configuration configuration = assemble(values, content.map(FileContent::file));
    more.problems(configuration)
        .forEach(problem -> problems.add(problem.where(), problem.what(), problem.advice()));
    problems.throwIfAny();
    return configuration;
  }

  private Optional<FileContent> content(Problems problems) {
    String property = properties.get(ProcessNames.FILE_PROPERTY);
    String named = property == null ? environment.get(ProcessNames.FILE_VARIABLE) : property;
    if (named == null) {
      return Optional.empty();
    }
    String namedBy =
        property == null
            ? "environment " + ProcessNames.FILE_VARIABLE
            : "property " + ProcessNames.FILE_PROPERTY;
    if (named.isBlank()) {
      problems.add(namedBy, "is empty", "name the file, or leave it unset");
      return Optional.empty();
    }
    try {
      return FileContent.read(Path.of(named), namedBy, files, problems);
    } catch (InvalidPathException e) {
      problems.add(namedBy, Problems.quote(named) + " is not a path", "name the file");
      return Optional.empty();
    }
  }

  private static Configuration assemble(Values values, Optional<ConfigFile> file) {
    ListenSettings listen =
        new ListenSettings(
            values.get(Keys.LISTEN_HOST), values.get(Keys.LISTEN_PORT), TlsReader.read(values));
    OriginPolicy origins = OriginPolicy.of(values.get(Keys.ORIGINS));
    AccessSettings access = access(values);
    TargetSettings target = target(values);
    RelaySettings relay = relay(values);
    LimitSettings limits = limits(values);
    NodeSettings node = node(values);
    return new Configuration(
        listen,
        origins,
        access,
        target,
        relay,
        limits,
        node,
        audit(values),
        file,
        new EffectiveConfig(values.settings()));
  }

  private static AccessSettings access(Values values) {
    List<Network> proxies = values.get(Keys.PROXIES);
    AuthSettings auth =
        values
            .structure(Keys.AUTH, AuthReader.STANDARD)
            .map(node -> AuthReader.auth(node, values.place(Keys.AUTH)))
            .orElse(AuthSettings.defaults());
    return new AccessSettings(
        auth,
        new TicketSettings(values.get(Keys.TICKET_LIFETIME), values.get(Keys.TICKETS_IN_QUERY)),
        new Forwarding(
            address -> proxies.stream().anyMatch(n -> n.contains(IpAddress.of(address)))));
  }

  private static TargetSettings target(Values values) {
    Optional<Tree> targets = values.structure(Keys.TARGETS, new Tree.Mapping(List.of(), 0));
    Optional<Tree> rules = values.structure(Keys.RULES, new Tree.Sequence(List.of(), 0));
    return new TargetSettings(
        rules.map(r -> PolicyReader.rules(r, values.place(Keys.RULES))).orElse(List.of()),
        targets.map(t -> PolicyReader.targets(t, values.place(Keys.TARGETS))).orElse(Map.of()),
        values.get(Keys.SELF_ADDRESSES),
        values.get(Keys.DNS_TIMEOUT),
        values.get(Keys.DNS_SERVERS));
  }

  private static RelaySettings relay(Values values) {
    return new RelaySettings(
        Math.toIntExact(values.get(Keys.HIGH_WATER)),
        Math.toIntExact(values.get(Keys.MAX_MESSAGE)),
        values.get(Keys.DIAL_TIMEOUT),
        values.get(Keys.IDLE_TIMEOUT),
        values.get(Keys.SESSION_LIMIT),
        values.get(Keys.STALL_TIMEOUT),
        values.get(Keys.LINGER),
        values.get(Keys.PING),
        Math.toIntExact(values.get(Keys.SEND_BUFFER)),
        Math.toIntExact(values.get(Keys.RECEIVE_BUFFER)),
        values.get(Keys.TUNNEL_BYTES_PER_SECOND),
        values.get(Keys.TUNNEL_BYTES));
  }

  private static LimitSettings limits(Values values) {
    return new LimitSettings(
        values.get(Keys.TUNNELS),
        values.get(Keys.PER_USER),
        values.get(Keys.PER_ADDRESS),
        values.get(Keys.PER_TARGET),
        values.get(Keys.PENDING_DIALS),
        values.get(Keys.HANDSHAKES_PER_MINUTE),
        values.get(Keys.PROBES_PER_MINUTE),
        values.get(Keys.TARGETS_PER_MINUTE),
        values.get(Keys.USER_BYTES_PER_SECOND));
  }

  private static NodeSettings node(Values values) {
    return new NodeSettings(
        values.get(Keys.MEMORY_BUDGET),
        values.get(Keys.LOOPS),
        values.get(Keys.BLOCKED_THREADS),
        values.get(Keys.DRAIN_TIME),
        values.get(Keys.LANE),
        Set.copyOf(values.get(Keys.SELF_PORTS)));
  }

  private static AuditSettings audit(Values values) {
    return new AuditSettings(
        values.get(Keys.AUDIT_FILE),
        values.get(Keys.AUDIT_MAX_SIZE),
        values.get(Keys.AUDIT_KEEP),
        values.get(Keys.AUDIT_LOG),
        values.get(Keys.AUDIT_REQUIRED),
        values.get(Keys.AUDIT_NODE).orElseGet(ConfigLoader::machine));
  }

  private static String machine() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unnamed";
    }
  }

  /** Finds what is wrong beyond the values, such as with files that they name. */
  @FunctionalInterface
  public interface Check {
    /** All that is wrong; where a value is, the configuration has its default. */
    List<Problem> problems(Configuration configuration);
  }

  /** Opens the file that the configuration names. */
  @FunctionalInterface
  public interface FileOpener {
    /**
     * Opens it from its beginning; at most 1 MiB and one byte is read, then it is closed.
     *
     * @throws IOException if it is not there or cannot be read
     */
    InputStream open(Path path) throws IOException;
  }
}
