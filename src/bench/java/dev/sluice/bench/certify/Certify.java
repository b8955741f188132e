package dev.sluice.bench.certify;

import dev.sluice.bench.report.Findings;
import dev.sluice.bench.trial.Figures;
import dev.sluice.testkit.ServerKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/**
 * Runs the certification. What a server was found to do is in a file of its own, so servers and
 * parts may run one at a time; the page is made of all that there is.
 */
public final class Certify {

  private static final String SERVERS = "embedded,wildfly,payara";

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
  public static boolean run(Path target, Map<String, String> machine) throws Exception {
    Path directory = Files.createDirectories(target.resolve("certify"));
    List<String> heaps = List.of(setting("heap", "128m,192m,256m,384m,512m").split(" *, *", -1));
    Map<String, Part> parts = parts(Double.parseDouble(setting("hold", "30")));
    Findings findings = new Findings(directory);
    boolean good = true;
    for (String word : setting("servers", SERVERS).split(" *, *", -1)) {
      ServerKind server = server(word);
      for (String name : setting("parts", String.join(",", parts.keySet())).split(" *, *", -1)) {
        Part part = parts.get(name);
        if (part == null) {
          throw new IllegalArgumentException(
              "certify.parts: no part " + name + ", there are " + parts.keySet());
        }
        Figures figures = leastHeap(server, heaps, part);
        findings.add(word, name, figures, machine);
        good &= !figures.values().containsKey(Figures.ERROR);
        System.out.println(word + " " + name + ": " + figures.values());
      }
    }
    String page = new Certification(findings.all(), Verdicts.read(target)).markdown();
    Files.writeString(directory.resolve("certification.md"), page);
    if (!System.getProperty("certify.publish", "").isEmpty()) {
      Path site = target.resolveSibling("src").resolve("site").resolve("markdown");
      Files.writeString(site.resolve("certification.md"), page);
    }
    System.out.println(page);
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
    try (Node node = Node.start(server, heap)) {
      return part.run(node);
    } catch (TestAbortedException missing) {
      return Figures.failed("left out, " + missing.getMessage());
    } catch (Exception | AssertionError e) {
      return Figures.failed(e.toString().lines().findFirst().orElse(""));
    }
  }

  private static String setting(String name, String usual) {
    String given = System.getProperty("certify." + name, "").trim();
    return given.isEmpty() ? usual : given;
  }

  private static ServerKind server(String word) {
    try {
      return ServerKind.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "certify.servers: no server " + word + ", there are " + SERVERS, e);
    }
  }
}
