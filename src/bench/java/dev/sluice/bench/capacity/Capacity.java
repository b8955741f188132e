package dev.sluice.bench.capacity;

import dev.sluice.bench.report.Findings;
import dev.sluice.bench.trial.Figures;
import dev.sluice.testkit.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.opentest4j.TestAbortedException;

/**
 * Fits the model and holds it against a load that it was not fitted to. What was found of a server
 * is in files of its own, so servers may run one at a time; the page is made of all that there is.
 */
public final class Capacity {

  private static final String SERVERS = "embedded,wildfly,payara";

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
    Path directory = Files.createDirectories(target.resolve("capacity"));
    Findings findings = new Findings(directory);
    Map<String, Part> parts = parts(Double.parseDouble(setting("seconds", "5")));
    boolean good = true;
    for (String word : setting("servers", SERVERS).split(" *, *", -1)) {
      ServerKind server = server(word);
      for (String name : setting("parts", String.join(",", parts.keySet())).split(" *, *", -1)) {
        Part part = parts.get(name);
        if (part == null) {
          throw new IllegalArgumentException(
              "capacity.parts: no part " + name + ", there are " + parts.keySet());
        }
        Figures figures = put(server, part);
        findings.add(word, name, figures, machine);
        good &= !figures.values().containsKey(Figures.ERROR);
        System.out.println(word + " " + name + ": " + figures.values());
      }
    }
    CapacityPage page = new CapacityPage(findings.all());
    String text = page.markdown();
    Files.writeString(directory.resolve("capacity.md"), text);
    if (!System.getProperty("capacity.publish", "").isEmpty()) {
      Path site = target.resolveSibling("src").resolve("site").resolve("markdown");
      Files.writeString(site.resolve("capacity.md"), text);
    }
    System.out.println(text);
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
    try (Node node = Node.start(server)) {
      return part.run(node);
    } catch (TestAbortedException missing) {
      return Figures.failed("left out, " + missing.getMessage());
    } catch (IOException | RuntimeException | AssertionError e) {
      return Figures.failed(e.toString().lines().findFirst().orElse(""));
    }
  }

  private static String setting(String name, String usual) {
    String given = System.getProperty("capacity." + name, "").trim();
    return given.isEmpty() ? usual : given;
  }

  private static ServerKind server(String word) {
    try {
      return ServerKind.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "capacity.servers: no server " + word + ", there are " + SERVERS, e);
    }
  }
}
