package dev.sluice.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.target.Decision.Allowed;
import dev.sluice.target.Decision.Denied;
import dev.sluice.target.Decision.Reason;
import jakarta.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xbill.DNS.Type;

/** Every row of {@code vectors/targets.tsv}, through grammar, policy and a real DNS exchange. */
class TargetVectorsTest {
  private static final String SELF_IP = "93.184.215.99";
  private static final String SELF_PORT = "8181";
  private static final String OTHER_GATEWAY_IP = "93.184.215.77";

  /** Of the vectors: some of them are silences, which are waited for. */
  private static final Duration DNS_TIMEOUT = Duration.ofMillis(250);

  private static final Duration GENEROUS = Duration.ofSeconds(20);

  @TempDir static Path directory;
  private static ScriptedNameServer nameServer;

  @BeforeAll
  static void startNameServer() throws IOException {
    nameServer = new ScriptedNameServer();
  }

  @AfterAll
  static void stopNameServer() throws IOException {
    nameServer.close();
    DnsResolver.shutdown();
  }

  record Row(String host, String resolvesTo, String expected, String reason) {
    static Row parse(String line) {
      String[] columns =
          line.replace("{SELF_IP}", SELF_IP)
              .replace("{SELF_PORT}", SELF_PORT)
              .replace("{OTHER_GATEWAY_IP}", OTHER_GATEWAY_IP)
              .split("\t", -1);
      assertThat(columns).hasSize(4);
      String host =
          Json.createReader(new StringReader("[\"" + columns[0] + "\"]")).readArray().getString(0);
      return new Row(host, columns[1], columns[2], columns[3]);
    }

    boolean hasPort() {
      return reason.startsWith("[port]") || host.equals(SELF_IP + ":" + SELF_PORT);
    }

    /** Whether the row says that nothing may be asked of DNS. */
    boolean mustNotLookUp() {
      return resolvesTo.equals("literal")
          || resolvesTo.equals("none")
          || reason.contains("before any")
          || reason.contains("invalid port");
    }

    /** Why a row is refused whose lookup must have worked, or must have been what failed. */
    Optional<Reason> reasonAfterLookup() {
      if (reason.startsWith("[dns-fail]") || reason.contains("20 hops")) {
        return Optional.of(Reason.UNRESOLVED);
      }
      return Stream.of("[dns]", "[embed-dns]", "[wildcard-dns]", "[multi]", "[metadata-dns]")
              .anyMatch(reason::startsWith)
          ? Optional.of(Reason.ADDRESS_CLASS)
          : Optional.empty();
    }

    HostPort parseTarget() {
      return hasPort() ? HostPort.parse(host) : HostPort.of(host, "443");
    }

    @Override
    public String toString() {
      String shown = Quoted.of(host) + " -> " + resolvesTo;
      return expected + " " + shown.substring(0, Math.min(shown.length(), 120));
    }
  }

  static Stream<Row> rows() {
    try (InputStream in = TargetVectorsTest.class.getResourceAsStream("/vectors/targets.tsv")) {
      List<String> lines =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().skip(1).toList();
      return lines.stream().map(Row::parse);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void everyRowOfTheFileIsRun() {
    assertThat(rows()).hasSize(498);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("rows")
  void isDecidedAsTheVectorSays(Row row) {
    int before = nameServer.queries();
    Optional<HostPort> target = target(row);
    TargetPolicy policy = policy(DNS_TIMEOUT);
    Decision decision = null;
    String[] sessions = row.resolvesTo.split("\\|\\|", -1);
    for (String session : sessions) {
      if (target.isPresent()) {
        script(target.get(), session);
        decision = policy.decide(target.get(), role -> false);
      }
    }
    assertThat(decision instanceof Allowed ? "allow" : "deny")
        .as(String.valueOf(decision))
        .isEqualTo(row.expected);
    if (decision instanceof Denied denied) {
      row.reasonAfterLookup().ifPresent(reason -> assertThat(denied.reason()).isEqualTo(reason));
    }
    if (row.mustNotLookUp()) {
      assertThat(nameServer.queries()).isEqualTo(before);
    }
    if (row.reason.startsWith("[rebind]") && decision instanceof Allowed allowed) {
      assertOneLookupAndItsAnswersPinned(allowed, sessions[0]);
    }
  }

  @Test
  void theFirstOfTwoSessionsIsAllowedAndTheSecondIsNot() {
    HostPort target = HostPort.of("two-sessions.t.example.com", "443");
    TargetPolicy policy = policy(GENEROUS);
    script(target, "93.184.215.14");
    assertThat(policy.decide(target, role -> false)).isInstanceOf(Allowed.class);
    script(target, "127.0.0.1");
    assertThat(policy.decide(target, role -> false)).isInstanceOf(Denied.class);
  }

  @Test
  void aSiblingIsRefusedAsSelfThoughItsAddressIsPublic() {
    HostPort target = HostPort.of("sibling.t.example.com", "443");
    script(target, OTHER_GATEWAY_IP);
    assertThat(policy(GENEROUS).decide(target, role -> false).answers())
        .extracting(Answer::addressClass)
        .containsExactly(AddressClass.SELF);
  }

  @Test
  void anAnswerTooLongForUdpIsReadWhole() {
    Row row = rows().filter(each -> each.host.startsWith("multi15.")).findFirst().orElseThrow();
    script(row.parseTarget(), row.resolvesTo);
    assertThat(policy(GENEROUS).decide(row.parseTarget(), role -> false).answers()).hasSize(201);
  }

  private static void assertOneLookupAndItsAnswersPinned(Allowed allowed, String session) {
    String name = allowed.target().host().text();
    assertThat(nameServer.queries(name, Type.A)).isEqualTo(1);
    assertThat(nameServer.queries(name, Type.AAAA)).isEqualTo(1);
    List<String> first = Arrays.asList(session.split("\\|", -1)[0].split(",", -1));
    assertThat(allowed.pinned())
        .extracting(address -> address.getHostString())
        .containsExactlyElementsOf(first);
  }

  private static Optional<HostPort> target(Row row) {
    try {
      return Optional.of(row.parseTarget());
    } catch (InvalidTargetException e) {
      assertThat(e.getMessage()).matches("[ -~]+");
      return Optional.empty();
    }
  }

  private static void script(HostPort target, String session) {
    nameServer.script(target.host().text(), session.split("\\|", -1));
  }

  private static TargetPolicy policy(Duration timeout) {
    Rule everythingPublic =
        new Rule(true, List.of(), List.of(), List.of(NetworkPattern.parse("public")), List.of());
    TargetSettings settings =
        new TargetSettings(
            List.of(everythingPublic),
            Map.of(),
            List.of(Network.parse(OTHER_GATEWAY_IP)),
            timeout,
            List.of());
    SelfAddresses self = new SelfAddresses(address -> address.toString().equals(SELF_IP));
    self.learnPort(Port.parse(SELF_PORT));
    return new TargetPolicy(settings, resolver(timeout), self);
  }

  private static DnsResolver resolver(Duration timeout) {
    return new DnsResolver(
        List.of(nameServer.address()), List.of(), directory.resolve("hosts"), timeout, 4);
  }
}
