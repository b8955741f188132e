package dev.sluice.bench.certify;

import dev.sluice.bench.report.Campaign;
import dev.sluice.bench.trial.Figures;
import dev.sluice.testkit.ServerKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs the certification. */
public final class Certify {

  private Certify() {}

  /**
   * Runs as {@code certify.servers}, {@code certify.parts}, {@code certify.hold} and {@code
   * certify.heap} say, of whose sizes the first counts that a server can do with, then writes the
   * page.
   *
   * @param target the build's directory, with the tests' reports
   * @param machine facts by their names
   * @return whether nothing failed
   * @throws IllegalArgumentException when a setting is wrong; says which
   */
  public static boolean run(Path target, Map<String, String> machine) throws IOException {
    Campaign campaign = new Campaign("certify", target);
    List<String> heaps =
        List.of(campaign.setting("heap", "128m,192m,256m,384m,512m").split(" *, *", -1));
    Map<String, Part> parts = parts(Double.parseDouble(campaign.setting("hold", "30")));
    boolean good = campaign.run(parts, (server, part) -> leastHeap(server, heaps, part), machine);
    campaign.publish(
        "certification.md", new Certification(campaign.found(), Verdicts.read(target)).markdown());
    return good;
  }

  private static Map<String, Part> parts(double hold) {
    Map<String, Part> parts = new LinkedHashMap<>();
    parts.put("bulk", new CrowdPart(1_000, 10, hold));
    parts.put("interactive", new CrowdPart(0, 9_000, hold));
    parts.put("mixed", new CrowdPart(800, 3_200, hold));
    parts.put("resume", new ResumePart());
    return parts;
  }

  /** What it does with the first heap that suffices, or with the last one. */
  private static Figures leastHeap(ServerKind server, List<String> heaps, Part part) {
    Figures figures = Figures.failed("no heap is given");
    StringBuilder before = new StringBuilder();
    for (String heap : heaps) {
      figures = put(server, heap, part).put("heap", heap).put("smaller", before.toString());
      Object error = figures.values().get(Figures.ERROR);
      if (error == null) {
        return figures;
      }
      before.append(heap).append(": ").append(error).append("; ");
    }
    return figures;
  }

  private static Figures put(ServerKind server, String heap, Part part) {
    return Campaign.attempt(
        () -> {
          try (Node node = Node.start(server, heap)) {
            return part.run(node);
          }
        });
  }
}
