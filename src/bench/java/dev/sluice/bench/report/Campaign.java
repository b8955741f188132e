package dev.sluice.bench.report;

import dev.sluice.bench.trial.Figures;
import dev.sluice.testkit.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.opentest4j.TestAbortedException;

/**
 * Servers that are put to named parts, and a page of what was found. What a server was found to do
 * is in a file of its own, so servers and parts may run one at a time; the page is made of all that
 * there is.
 */
public final class Campaign {

  private static final String SERVERS = "embedded,wildfly,payara";

  /** Puts a server to a part. */
  @FunctionalInterface
  public interface Judge<P> {
    Figures put(ServerKind server, P part) throws IOException;
  }

  private final String name;
  private final Path target;
  private final Path directory;
  private final Findings findings;

  /**
   * A campaign whose settings begin with {@code name}, and which keeps what is found in a directory
   * of that name.
   *
   * @param target the build's directory
   */
  public Campaign(String name, Path target) throws IOException {
    this.name = name;
    this.target = target;
    this.directory = Files.createDirectories(target.resolve(name));
    this.findings = new Findings(directory);
  }

  /** The system property that is called {@code key} behind the campaign's name, if it is set. */
  public String setting(String key, String usual) {
    String given = System.getProperty(name + "." + key, "").trim();
    return given.isEmpty() ? usual : given;
  }

  private List<String> words(String key, String usual) {
    return List.of(setting(key, usual).split(" *, *", -1));
  }

  /**
   * Puts the servers that the setting {@code servers} names to the parts that {@code parts} names;
   * without them, each to all.
   *
   * @param machine facts by their names
   * @return whether nothing failed
   * @throws IllegalArgumentException when a setting is wrong; says which
   */
  public <P> boolean run(Map<String, P> parts, Judge<P> judge, Map<String, String> machine)
      throws IOException {
    boolean good = true;
    for (String word : words("servers", SERVERS)) {
      ServerKind server = server(word);
      for (String part : words("parts", String.join(",", parts.keySet()))) {
        P asked = parts.get(part);
        if (asked == null) {
          throw new IllegalArgumentException(
              name + ".parts: no part " + part + ", there are " + parts.keySet());
        }
        Figures figures = judge.put(server, asked);
        findings.add(word, part, figures, machine);
        good &= !figures.values().containsKey(Figures.ERROR);
        System.out.println(word + " " + part + ": " + figures.values());
      }
    }
    return good;
  }

  private ServerKind server(String word) {
    try {
      return ServerKind.valueOf(word.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name + ".servers: no server " + word + ", there are " + SERVERS, e);
    }
  }

  /** What {@code part} finds, or why it found nothing. */
  public static Figures attempt(Callable<Figures> part) {
    try {
      return part.call();
    } catch (TestAbortedException missing) {
      return Figures.failed("left out, " + missing.getMessage());
    } catch (Exception | AssertionError e) {
      return Figures.failed(e.toString().lines().findFirst().orElse(""));
    }
  }

  /** All that was found, in this run and those before it. */
  public List<Findings.Finding> found() throws IOException {
    return findings.all();
  }

  /**
   * Prints a page and keeps it beside what was found; if the setting {@code publish} is there, on
   * the site too.
   *
   * @param file the page's name
   */
  public void publish(String file, String page) throws IOException {
    Files.writeString(directory.resolve(file), page);
    if (!setting("publish", "").isEmpty()) {
      Path site = target.resolveSibling("src").resolve("site").resolve("markdown");
      Files.writeString(site.resolve(file), page);
    }
    System.out.println(page);
  }
}
