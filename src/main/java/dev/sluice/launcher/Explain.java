package dev.sluice.launcher;

import dev.sluice.config.ConfigLoader;
import dev.sluice.config.Configuration;
import dev.sluice.config.ConfigurationException;
import dev.sluice.http.ExplanationText;
import dev.sluice.target.DnsResolver;
import dev.sluice.target.Explanation;
import dev.sluice.target.HostPort;
import dev.sluice.target.InvalidTargetException;
import dev.sluice.target.Requested;
import dev.sluice.target.SelfAddresses;
import dev.sluice.target.TargetName;
import dev.sluice.target.TargetPolicy;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code explain}: what the gateway would decide on this machine, and why, without one that runs.
 * Exits 0 if the target would be opened, 1 if it would be refused, 2 if the question is wrong.
 */
@Command(
    name = "explain",
    description = "Says whether a target would be opened, and why: every rule, every address.",
    mixinStandardHelpOptions = true)
final class Explain implements Callable<Integer> {

  private static final int REFUSED = 1;
  private static final int WRONG = 2;

  @Option(names = "--config", paramLabel = "FILE", description = "the YAML configuration file")
  private @Nullable Path config;

  @Option(names = "--role", paramLabel = "ROLE", description = "a role of the caller; repeatable")
  private Set<String> roles = new LinkedHashSet<>();

  @Option(names = "--json", description = "print JSON")
  private boolean json;

  @Parameters(paramLabel = "host:port", description = "the target, or the name of a named one")
  private String target = "";

  @Override
  public Integer call() {
    ConfigLoader loader = ConfigLoader.ofProcess();
    if (config != null) {
      loader = loader.withProperties(Map.of("sluice.config", config.toString()));
    }
    try {
      Explanation found = explain(loader.load(), requested());
      System.out.print(json ? ExplanationText.json(found) + "\n" : ExplanationText.text(found));
      return found.isAllowed() ? 0 : REFUSED;
    } catch (ConfigurationException | InvalidTargetException e) {
      System.err.println(e.getMessage());
      return WRONG;
    } finally {
      DnsResolver.shutdown();
    }
  }

  private Requested requested() {
    return target.indexOf(':') < 0 ? new TargetName(target) : HostPort.parse(target);
  }

  private Explanation explain(Configuration configuration, Requested requested) {
    SelfAddresses self = SelfAddresses.ofThisMachine();
    configuration.node().selfPorts().forEach(self::learnPort);
    self.learnPort(configuration.listen().port());
    return new TargetPolicy(configuration.target(), DnsResolver.of(configuration.target(), 1), self)
        .explain(requested, roles::contains);
  }
}
