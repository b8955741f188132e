package dev.sluice.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network namespace of its own for a JVM and all that it starts: nothing is in it but loopback,
 * and what it tells the kernel's packet filter concerns nobody else. It goes with its last process.
 */
public final class NetworkNamespace {

  /** A server starts in it, on a machine with much else to do. */
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private NetworkNamespace() {}

  /**
   * Runs a main class of the tests in a namespace, to its end; it fails the test by its exit
   * status. Without the right or the means to make one the test is skipped, or fails in CI.
   *
   * @return what it wrote to standard output
   */
  public static String run(Class<?> main, List<String> arguments) {
    String unshare = RealPart.program("unshare", "util-linux");
    String ip = RealPart.program("ip", "iproute2");
    RealPart.require(
        CommandRun.of(List.of(unshare, "--net", "true")).exit() == 0,
        "the right to make a network namespace (root)");
    List<String> command = new ArrayList<>();
    command.addAll(List.of(unshare, "--net", "sh", "-c", ip + " link set lo up && exec \"$@\""));
    command.addAll(List.of("sh", Parts.java().toString()));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    for (Map.Entry<Object, Object> property : System.getProperties().entrySet()) {
      if (property.getKey().toString().startsWith("sluice-test.")) {
        command.add("-D" + property.getKey() + "=" + property.getValue());
      }
    }
    command.add(main.getName());
    command.addAll(arguments);
    CommandRun run = CommandRun.of(command, "", LIMIT);
    if (run.exit() != 0) {
      throw new AssertionError("exit status " + run.exit() + "\n" + run.out() + run.err());
    }
    return run.out();
  }
}
