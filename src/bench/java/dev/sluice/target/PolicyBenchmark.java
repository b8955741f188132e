package dev.sluice.target;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What does a decision cost without its lookup, and how does that grow with the number of rules?
 * The rule that allows is the last, so all are asked.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PolicyBenchmark {

  @Param({"1", "10", "100"})
  int rules;

  private TargetPolicy policy;
  private HostPort literal;
  private HostPort name;
  private HostPort refused;

  @Setup
  public void make() {
    List<Rule> all = new ArrayList<>();
    for (int i = 1; i < rules; i++) {
      all.add(rule(i % 2 == 0, "*.x" + i + ".example", "10." + i + ".0.0/16"));
    }
    all.add(rule(true, "", "10.200.0.0/16"));
    all.add(rule(true, "*.db.corp.example", "10.200.0.0/16"));
    Resolution answer = new Resolution(List.of(IpAddress.parse("10.200.1.5")), List.of());
    TargetSettings settings =
        new TargetSettings(all, Map.of(), List.of(), Duration.ofSeconds(1), List.of());
    policy = new TargetPolicy(settings, asked -> answer, new SelfAddresses(address -> false));
    literal = HostPort.parse("10.200.1.5:5432");
    name = HostPort.parse("pg.db.corp.example:5432");
    refused = HostPort.parse("192.168.1.1:22");
  }

  private static Rule rule(boolean allow, String host, String network) {
    return new Rule(
        allow,
        List.of(),
        host.isEmpty() ? List.of() : List.of(HostPattern.parse(host)),
        List.of(NetworkPattern.parse(network)),
        List.of());
  }

  @Benchmark
  public Decision allowedAddress() {
    return policy.decide(literal, role -> false);
  }

  @Benchmark
  public Decision allowedName() {
    return policy.decide(name, role -> false);
  }

  @Benchmark
  public Decision refusedAddress() {
    return policy.decide(refused, role -> false);
  }
}
