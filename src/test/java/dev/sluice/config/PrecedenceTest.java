package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.audit.AuditSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Property before environment before file before default, for every key that stands alone. */
class PrecedenceTest {

  /** For each key a value for the file, one for the environment and one for a property. */
  private static final Map<String, List<String>> SAMPLES =
      Map.ofEntries(
          Map.entry("listen.host", List.of("127.0.0.2", "localhost", "\"::1\"")),
          Map.entry("listen.port", List.of("8081", "8082", "8083")),
          Map.entry("origins", List.of("[\"http://a\"]", "[\"http://b\"]", "[self, \"http://c\"]")),
          Map.entry("proxies", List.of("[10.0.0.1/32]", "[\"fd00::/8\"]", "[]")),
          Map.entry("tickets.lifetime", List.of("5s", "10s", "20s")),
          Map.entry("tickets.in-query", List.of("true", "false", "true")),
          Map.entry("tunnel.lane", List.of("standard", "fast", "standard")),
          Map.entry("tunnel.high-water", List.of("64KiB", "128KiB", "2MiB")),
          Map.entry("tunnel.max-message", List.of("1KiB", "2KiB", "4KiB")),
          Map.entry("tunnel.memory-budget", List.of("10%", "64MiB", "20%")),
          Map.entry("tunnel.dial-timeout", List.of("100ms", "1s", "2m")),
          Map.entry("tunnel.idle-timeout", List.of("0s", "1m", "2h")),
          Map.entry("tunnel.session-limit", List.of("1s", "1d", "30d")),
          Map.entry("tunnel.stall-timeout", List.of("0s", "1m", "2m")),
          Map.entry("tunnel.linger", List.of("1s", "2s", "3s")),
          Map.entry("tunnel.ping", List.of("0s", "10s", "20s")),
          Map.entry("tunnel.send-buffer", List.of("0", "64KiB", "1MiB")),
          Map.entry("tunnel.receive-buffer", List.of("0", "64KiB", "1MiB")),
          Map.entry("tunnel.loops", List.of("1", "2", "3")),
          Map.entry("tunnel.blocked-threads", List.of("0", "1", "2")),
          Map.entry("limits.tunnels", List.of("0", "1", "2")),
          Map.entry("limits.per-user", List.of("0", "1", "2")),
          Map.entry("limits.per-address", List.of("0", "1", "2")),
          Map.entry("limits.per-target", List.of("0", "1", "2")),
          Map.entry("limits.pending-dials", List.of("0", "1", "2")),
          Map.entry("limits.handshakes-per-minute", List.of("0", "1", "2")),
          Map.entry("limits.probes-per-minute", List.of("0", "1", "2")),
          Map.entry("limits.targets-per-minute", List.of("0", "1", "2")),
          Map.entry("limits.tunnel-bytes-per-second", List.of("1", "64KiB", "1GiB")),
          Map.entry("limits.user-bytes-per-second", List.of("1", "64KiB", "1GiB")),
          Map.entry("limits.tunnel-bytes", List.of("1", "64KiB", "1GiB")),
          Map.entry("dns.timeout", List.of("1s", "3s", "4s")),
          Map.entry("dns.servers", List.of("[\"10.0.0.1:53\"]", "[\"10.0.0.2:53\"]", "[]")),
          Map.entry(
              "self.addresses",
              List.of("[10.0.0.0/8]", "[10.0.0.1/32]", "[10.0.0.2/32, fd00::/8]")),
          Map.entry("self.ports", List.of("[1]", "[2]", "[3, 4]")),
          Map.entry("drain.time", List.of("0s", "1s", "2s")),
          Map.entry("audit.file", List.of("a.jsonl", "/b/b.jsonl", "c.jsonl")),
          Map.entry("audit.max-size", List.of("64KiB", "1MiB", "1GiB")),
          Map.entry("audit.keep", List.of("0", "1", "2")),
          Map.entry("audit.log", List.of("false", "true", "false")),
          Map.entry("audit.required", List.of("true", "false", "true")),
          Map.entry("audit.node", List.of("a", "b", "c")));

  /** All but those of TLS, none of which is valid alone: see {@link TlsKeysTest}. */
  static List<Key<?>> keys() {
    return Keys.ALL.stream().filter(key -> !key.path().startsWith("listen.tls.")).toList();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void eachSourceOverridesTheNext(Key<?> key) {
    List<String> samples = SAMPLES.get(key.path());
    Sources sources = Sources.file(yaml(key.path(), samples.get(0)));
    assertThat(shown(Sources.none(), key))
        .endsWith("  # default")
        .doesNotContain(": " + samples.get(0) + " ");
    assertThat(shown(sources, key)).endsWith(": " + samples.get(0) + "  # sluice.yaml:2");
    sources.variable(key.variable(), plain(samples.get(1)));
    assertThat(shown(sources, key))
        .endsWith(": " + samples.get(1) + "  # environment " + key.variable());
    sources.property(key.property(), plain(samples.get(2)));
    assertThat(shown(sources, key).replace("\"fd00::/8\"", "fd00::/8"))
        .endsWith(": " + samples.get(2) + "  # property " + key.property());
  }

  @Test
  void whatIsShownIsWhatTheSettingsHold() {
    Configuration c =
        Sources.file(
                """
                listen: {host: 127.0.0.2, port: 8081}
                tunnel:
                  high-water: 64KiB
                  max-message: 1KiB
                  memory-budget: 10%
                  dial-timeout: 100ms
                  idle-timeout: 2s
                  session-limit: 3s
                  stall-timeout: 4s
                  linger: 5s
                  ping: 6s
                  send-buffer: 4KiB
                  receive-buffer: 8192
                  loops: 7
                  blocked-threads: 8
                limits:
                  tunnels: 20
                  per-user: 21
                  per-address: 22
                  per-target: 23
                  pending-dials: 24
                  handshakes-per-minute: 25
                  probes-per-minute: 26
                  targets-per-minute: 27
                  tunnel-bytes-per-second: 28
                  user-bytes-per-second: 29
                  tunnel-bytes: 30
                drain: {time: 9s}
                self: {ports: [10, 11], addresses: [10.0.0.1]}
                dns: {timeout: 12s, servers: [10.0.0.2]}
                audit: {file: a.jsonl, max-size: 1MiB, keep: 2, log: false, required: true, node: n}
                """)
            .load();
    assertThat(c.listen().toString())
        .isEqualTo("ListenSettings[host=127.0.0.2, port=8081, tls=Optional.empty]");
    assertThat(c.relay().toString())
        .isEqualTo(
            "RelaySettings[highWater=65536, maxMessage=1024, dialTimeout=PT0.1S, idleTimeout=PT2S,"
                + " sessionLimit=PT3S, stallTimeout=PT4S, linger=PT5S, ping=PT6S, sendBuffer=4096,"
                + " receiveBuffer=8192, bytesPerSecond=28, byteLimit=30]");
    assertThat(c.limits().toString())
        .isEqualTo(
            "LimitSettings[tunnels=20, perUser=21, perAddress=22, perTarget=23, pendingDials=24,"
                + " handshakesPerMinute=25, probesPerMinute=26, targetsPerMinute=27,"
                + " userBytesPerSecond=29]");
    assertThat(c.node().budget().bytes(1_000)).isEqualTo(100);
    assertThat(c.node().loops()).isEqualTo(7);
    assertThat(c.node().blockedThreads()).isEqualTo(8);
    assertThat(c.node().drainTime()).hasSeconds(9);
    assertThat(c.node().selfPorts()).containsExactlyInAnyOrder(10, 11);
    assertThat(c.target().self()).hasToString("[10.0.0.1/32]");
    assertThat(c.target().dnsTimeout()).hasSeconds(12);
    assertThat(c.audit())
        .isEqualTo(
            new AuditSettings(Optional.of(Path.of("a.jsonl")), 1 << 20, 2, false, true, "n"));
    assertThat(c.target().dnsServers().get(0).text()).isEqualTo("10.0.0.2:53");
  }

  @Test
  void whatIsOverriddenIsCheckedAllTheSame() {
    assertThat(
            Sources.file("tunnel: {ping: often}")
                .property("sluice.tunnel.ping", "5s")
                .variable("SLUICE_TUNNEL_PING", "5")
                .problems())
        .hasSize(2);
  }

  private static String yaml(String path, String value) {
    int dot = path.indexOf('.');
    return dot < 0
        ? "#\n" + path + ": " + value
        : path.substring(0, dot) + ":\n  " + path.substring(dot + 1) + ": " + value;
  }

  /** As a property or a variable has it. */
  private static String plain(String yaml) {
    return yaml.replaceAll("[\\[\\]\" ]", "");
  }

  private static String shown(Sources sources, Key<?> key) {
    String path = key.path();
    List<String> lines = sources.load().effective().toYaml().lines().toList();
    int dot = path.indexOf('.');
    int section = dot < 0 ? 0 : lines.indexOf(path.substring(0, dot) + ":");
    String start = dot < 0 ? path + ":" : "  " + path.substring(dot + 1) + ":";
    return lines.subList(section, lines.size()).stream()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow();
  }
}
