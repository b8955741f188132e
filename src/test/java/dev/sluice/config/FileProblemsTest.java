package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a file is said with its line, all of it at once. */
class FileProblemsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "# nothing\n",
        "---\n",
        "{}",
        "~",
        "null",
        "\ufeff# mark\n",
        "tunnel:\n"
      })
  void aFileThatSaysNothingIsValid(String yaml) {
    Configuration configuration = Sources.file(yaml).load();
    assertThat(configuration.refusesEverything()).isTrue();
    assertThat(configuration.file()).isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tunel: {ping: 5s} | sluice.yaml:1 tunel: is not a known key; did you mean tunnel?",
        "tunnel: {pingg: 5s} | sluice.yaml:1 tunnel.pingg: is not a known key; did you mean ping?",
        "tunnel: {highWater: 1MiB} | did you mean high-water?",
        "tunnel: {high_water: 1MiB} | did you mean high-water?",
        "tunnel: {dail-timeout: 5s} | did you mean dial-timeout?",
        "ping: 5s | sluice.yaml:1 ping: is not a known key; did you mean tunnel.ping?",
        "timeout: 5s | did you mean dns.timeout?",
        "tunnel.ping: 5s | is not a known key; nest the parts: tunnel: {ping: …}",
        "quotas: {a: 1} | sluice.yaml:1 quotas: is not a known key; known here: audit, auth, dns, drain, limits, listen, origins, proxies, rules, self, targets, tickets, tunnel",
        "limits: {per-user: -5} | limits.per-user: \"-5\" is not a whole number; write a number from 0 to 1000000; 0 is for no limit",
        "audit: {fil: x} | audit.fil: is not a known key; did you mean file?",
        "<<: {a: 1} | is not a known key",
        "tunnel: {lane: quick} | tunnel.lane: \"quick\" is none of the words for it; write standard",
        "listen: {tls: {cert: a}} | listen.tls.cert: is not a known key; known here: certificate, key,",
        "dns: {\"a\\e\": 1} | dns.a\\u001b: is not a known key",
      })
  void anUnknownKeyIsReportedWithWhatMayBeMeant(String yaml, String problem) {
    assertThat(Sources.file(yaml).problems()).singleElement().asString().contains(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tunnel: 5 | sluice.yaml:1 tunnel: is one value where a section belongs",
        "tunnel: [] | is a list where a section belongs",
        "listen: 127.0.0.1:8080 | write listen: {host: …}",
        "tunnel: {ping: [5s]} | tunnel.ping: is a list where one value belongs; write duration, 1s to 1d",
        "tunnel: {ping: {a: 1}} | is a section with keys where one value belongs",
        "tunnel: {ping: } | tunnel.ping: is nothing where one value belongs",
        "tunnel: {ping: ~} | is nothing where one value belongs",
        "tunnel: {ping: 5} | tunnel.ping: \"5\" has no unit; write 5s",
        "tunnel: {high-water: 1MB} | tunnel.high-water: \"1MB\" has the unit MB",
        "tunnel: {high-water: 65535} | is out of range; write a size from 64KiB",
        "tunnel: {max-message: 2MiB} | is out of range",
        "listen: {port: true} | listen.port: \"true\" is not a whole number",
        "listen: {port: 8080.0} | is not a whole number",
        "listen: {host: gate.example} | is neither an IP address nor localhost",
        "origins: self | origins: is one value where a list belongs; put it into brackets: [\"self\"]",
        "origins: | origins: is nothing where a list belongs",
        "origins: {a: b} | is a section with keys where a list belongs",
        "origins: [self, http://a/b] | origins[1]: \"http://a/b\" has a path, which an Origin header never has; write http://a",
        "origins: [[self]] | origins[0]: is a list where one value belongs",
        "dns: {servers: [ns.example]} | must be an address, not a name; write IP address[:port]",
        "self: {addresses: [10.0.0.1/8]} | has bits below its prefix",
        "self: {ports: [0]} | self.ports[0]: \"0\" is out of range",
        "[tunnel] | sluice.yaml:1: is a list where sections belong",
        "hello | is one value where sections belong",
      })
  void whatHasTheWrongShapeOrTypeIsReported(String yaml, String problem) {
    assertThat(Sources.file(yaml).problems()).singleElement().asString().contains(problem);
  }

  @Test
  void everyProblemIsReportedAtOnceWithItsOwnLine() {
    List<String> problems =
        Sources.file(
                """
                tunnel:
                  ping: 5
                  high-water: 1MB
                  colour: red
                origins:
                  - self
                  - "*"
                rules:
                  - {allow: true, hosts: ["*"]}
                targets:
                  a: {adress: "h:1"}
                """)
            .property("sluice.tunnel.loops", "many")
            .property("sluice.tunel.loops", "1")
            .variable("SLUICE_DRAIN_TIME", "10")
            .problems();
    assertThat(problems)
        .hasSize(9)
        .isSortedAccordingTo(Comparator.comparing(FileProblemsTest::line))
        .anyMatch(p -> p.startsWith("sluice.yaml:2 tunnel.ping: "))
        .anyMatch(p -> p.startsWith("sluice.yaml:3 tunnel.high-water: "))
        .anyMatch(p -> p.startsWith("sluice.yaml:4 tunnel.colour: "))
        .anyMatch(p -> p.startsWith("sluice.yaml:7 origins[1]: "))
        .anyMatch(p -> p.startsWith("sluice.yaml:9 rules[0].hosts[0]: "))
        .anyMatch(p -> p.startsWith("sluice.yaml:11 targets.a.adress: "))
        .anyMatch(p -> p.startsWith("property sluice.tunnel.loops: \"many\" is not a whole"))
        .anyMatch(p -> p.startsWith("property sluice.tunel.loops: "))
        .anyMatch(p -> p.startsWith("environment SLUICE_DRAIN_TIME: \"10\" has no unit"));
  }

  /** Those of the file in its order, the others after them. */
  private static int line(String problem) {
    return problem.startsWith("sluice.yaml:")
        ? Integer.parseInt(problem.substring(12, problem.indexOf(' ')))
        : Integer.MAX_VALUE;
  }

  @Test
  void aKeyGivenTwiceIsReportedWithBothLines() {
    assertThat(Sources.file("tunnel:\n  ping: 5s\n  loops: 1\n  ping: 6s\n").problems())
        .containsExactly(
            "sluice.yaml:4 tunnel.ping: is given twice, first in line 2; keep one of the two");
    assertThat(Sources.file("dns: {}\ntunnel: {}\ndns: {}\n").problems())
        .containsExactly("sluice.yaml:3 dns: is given twice, first in line 1; keep one of the two");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "tunnel: {ping: 5s | sluice.yaml:1: is not YAML: ",
        "tunnel: @x | is not YAML: ",
        "tunnel: [}] | is not YAML: ",
        "'tunnel: \"x' | is not YAML: ",
        "tunnel: !!java/object:x {} | has the tag",
        "tunnel: {ping: !!str 5s} | has the tag",
        "tunnel: !x [] | has the tag !x; leave it out",
        "? [a] : b | has a key that is not a name",
        "tunnel: *a | names an anchor that no finished value has",
        "tunnel: &a {ping: *a} | names an anchor that no finished value has",
        "tunnel: &a [*a] | names an anchor that no finished value has",
      })
  void whatIsNotSoundYamlIsReportedOnce(String yaml, String problem) {
    assertThat(Sources.file(yaml).problems()).singleElement().asString().contains(problem);
  }

  @Test
  void aSyntaxErrorNamesItsLineAndOtherSourcesAreStillChecked() {
    assertThat(
            Sources.file("tunnel:\n  ping: 5s\n\tloops: 1\n")
                .property("sluice.tunnel.ping", "5")
                .problems())
        .hasSize(2)
        .anyMatch(p -> p.startsWith("sluice.yaml:3: is not YAML"))
        .anyMatch(p -> p.startsWith("property sluice.tunnel.ping"));
  }

  @Test
  void aControlCharacterIsReportedWithItsLine() {
    assertThat(Sources.file("a: 1\nb: \u0007\n").problems())
        .containsExactly("sluice.yaml:2: has a control character, U+0007; remove it");
  }

  @Test
  void aSecondDocumentIsReported() {
    assertThat(Sources.file("dns: {}\n---\nself: {}\n").problems())
        .containsExactly("sluice.yaml:2: begins a second document; keep one document in the file");
  }

  @Test
  void anAliasStandsForItsAnchorAndTheirNumberIsBounded() {
    assertThat(Sources.file("dns: {timeout: &t 3s}\ndrain: {time: *t}\n").load().node().drainTime())
        .hasSeconds(3);
    String many = "self:\n  ports: [&p 1" + ", *p".repeat(51) + "]\n";
    assertThat(Sources.file(many).problems())
        .containsExactly("sluice.yaml:2: is one alias too many; use at most 50");
  }

  @Test
  void depthIsBounded() {
    assertThat(Sources.file("dns: " + "[".repeat(100_000)).problems())
        .containsExactly(
            "sluice.yaml:1: is nested too deeply; no key needs this depth; flatten it");
  }

  @Test
  void aFileThatIsNotUtf8IsReportedWithItsLine() {
    assertThat(
            Sources.bytes("dns: {}\n# B\u00fccher\n".getBytes(StandardCharsets.ISO_8859_1))
                .problems())
        .containsExactly("sluice.yaml:2: is not UTF-8; save it as UTF-8");
    assertThat(Sources.bytes("dns: {}".getBytes(StandardCharsets.UTF_16)).problems())
        .containsExactly("sluice.yaml:1: is not UTF-8; save it as UTF-8");
    byte[] cut = "# ü".getBytes(StandardCharsets.UTF_8);
    assertThat(Sources.bytes(Arrays.copyOf(cut, cut.length - 1)).problems())
        .containsExactly("sluice.yaml:1: is not UTF-8; save it as UTF-8");
  }

  @Test
  void aFileThatIsTooLongIsReported() {
    assertThat(Sources.bytes("#".repeat((1 << 20) + 1).getBytes(StandardCharsets.UTF_8)).problems())
        .containsExactly("sluice.yaml: is longer than 1MiB; keep to what a configuration needs");
    assertThat(Sources.bytes("#".repeat(1 << 20).getBytes(StandardCharsets.UTF_8)).problems())
        .isEmpty();
  }

  @Test
  void aFileThatCannotBeReadIsReportedWhereItIsNamed() {
    assertThat(Sources.unreadable(new NoSuchFileException("x")).problems())
        .containsExactly(
            "property sluice.config: names sluice.yaml, which does not exist; create it or correct"
                + " the path");
    assertThat(Sources.unreadable(new AccessDeniedException("x")).problems())
        .singleElement()
        .asString()
        .contains("which this process may not read");
    assertThat(Sources.unreadable(new FileNotFoundException("Is a directory")).problems())
        .singleElement()
        .asString()
        .contains("which cannot be read (Is a directory)");
  }

  @Test
  void aPathThatIsNoneIsReported() {
    assertThat(Sources.none().property("sluice.config", " ").problems())
        .containsExactly("property sluice.config: is empty; name the file, or leave it unset");
    assertThat(Sources.none().variable("SLUICE_CONFIG", "a\u0000b").problems())
        .singleElement()
        .asString()
        .startsWith("environment SLUICE_CONFIG: \"a\\u0000b\" is not a path");
  }

  @Test
  void thePropertyNamesTheFileBeforeTheVariable() {
    assertThat(
            Sources.file("")
                .variable("SLUICE_CONFIG", "other.yaml")
                .load()
                .file()
                .orElseThrow()
                .path())
        .hasToString("sluice.yaml");
    assertThat(
            Sources.none()
                .variable("SLUICE_CONFIG", "other.yaml")
                .load()
                .file()
                .orElseThrow()
                .path())
        .hasToString("other.yaml");
  }
}
