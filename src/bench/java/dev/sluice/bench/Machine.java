package dev.sluice.bench;

import dev.sluice.bench.peer.PeerKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a figure is worth nothing without: the machine, and the versions of what ran on it. */
final class Machine {

  private static final double KIB_PER_GIB = 1 << 20;

  private Machine() {}

  /** Facts of a benchmark's run by their names. */
  static Map<String, String> facts(Settings settings) throws IOException {
    Map<String, String> facts = facts();
    facts.put("heap of each server", settings.heap());
    for (PeerKind kind : List.of(PeerKind.HAPROXY, PeerKind.SOCAT, PeerKind.WEBSOCKIFY)) {
      if (settings.peers().contains(kind)) {
        facts.put(kind.word(), debian(kind.word()));
      }
    }
    return facts;
  }

  /** Facts by their names. */
  static Map<String, String> facts() throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
    facts.put("processor", processor());
    facts.put("memory", memory());
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("jdk", System.getProperty("java.runtime.version"));
    facts.put("servers", System.getProperty("bench.versions", ""));
    return facts;
  }

  private static String processor() throws IOException {
    return Files.readString(Path.of("/proc/cpuinfo"))
        .lines()
        .filter(line -> line.startsWith("model name"))
        .map(line -> line.substring(line.indexOf(':') + 1).trim())
        .findFirst()
        .orElse("not named");
  }

  private static String memory() throws IOException {
    String kib =
        Files.readString(Path.of("/proc/meminfo"))
            .lines()
            .findFirst()
            .orElseThrow()
            .replaceAll("[^0-9]", "");
    return Math.round(Long.parseLong(kib) / KIB_PER_GIB) + " GiB";
  }

  /** The version of a Debian package. */
  private static String debian(String name) {
    try {
      Process query = new ProcessBuilder("dpkg-query", "-W", "-f", "${Version}", name).start();
      String version =
          new String(query.getInputStream().readAllBytes(), StandardCharsets.UTF_8).trim();
      return version.isEmpty() ? "not of Debian" : version;
    } catch (IOException noDebian) {
      return "not of Debian";
    }
  }
}
