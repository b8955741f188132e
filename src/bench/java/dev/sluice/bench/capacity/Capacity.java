package dev.sluice.bench.capacity;

import dev.sluice.bench.report.Campaign;
import dev.sluice.bench.trial.Figures;
import dev.sluice.testkit.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Fits the model and holds it against a load that it was not fitted to. */
public final class Capacity {

  private Capacity() {}

  /** What is asked of a server that has just been started. */
  private interface Part {
    Figures run(Node node) throws IOException;
  }

  /**
   * Runs as {@code capacity.servers}, {@code capacity.parts} and {@code capacity.seconds} say, then
   * writes the page.
   *
   * @param target the build's directory
   * @param machine facts by their names
   * @return whether nothing failed and every prediction was near enough
   * @throws IllegalArgumentException when a setting is wrong; says which
   */
  public static boolean run(Path target, Map<String, String> machine) throws IOException {
    Campaign campaign = new Campaign("capacity", target);
    Map<String, Part> parts = parts(Double.parseDouble(campaign.setting("seconds", "5")));
    boolean good = campaign.run(parts, Capacity::put, machine);
    CapacityPage page = new CapacityPage(campaign.found());
    campaign.publish("capacity.md", page.markdown());
    return good && page.holds();
  }

  private static Map<String, Part> parts(double seconds) {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("memory", Node::memory);
    parts.put("model", node -> node.model(seconds));
    parts.put("mixed", node -> node.mixed(2 * seconds));
    return parts;
  }

  private static Figures put(ServerKind server, Part part) {
    return Campaign.attempt(
        () -> {
          try (Node node = Node.start(server)) {
            return part.run(node);
          }
        });
  }
}
