package dev.sluice.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xbill.DNS.Name;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.Type;

class DnsResolverTest {
  private static final Duration AMPLE = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  @TempDir Path directory;
  private ScriptedNameServer nameServer;

  @BeforeEach
  void startNameServer() throws IOException {
    nameServer = new ScriptedNameServer();
  }

  @AfterEach
  void stopNameServer() throws IOException {
    nameServer.close();
  }

  private DnsResolver resolver(Duration timeout, int maxBlocked, Name... search) {
    List<InetSocketAddress> servers = List.of(nameServer.address());
    Path hosts = directory.resolve("hosts");
    return new DnsResolver(servers, List.of(search), hosts, timeout, maxBlocked);
  }

  private DnsResolver resolver() {
    return resolver(AMPLE, 4);
  }

  private void hosts(String... lines) throws IOException {
    Files.write(directory.resolve("hosts"), List.of(lines));
  }

  private static String texts(Resolution resolution) {
    return resolution.addresses().stream()
        .map(IpAddress::toString)
        .collect(Collectors.joining(" "));
  }

  @Test
  void bothFamiliesAreAskedForOnceAndIpv4ComesFirst() throws Exception {
    nameServer.script("a.example", "2600::1,8.8.8.8,2600::2");
    Resolution resolution = resolver().resolve("a.example");
    assertThat(texts(resolution)).isEqualTo("8.8.8.8 2600::1 2600::2");
    assertThat(resolution.aliases()).isEmpty();
    assertThat(nameServer.queries("a.example", Type.A)).isEqualTo(1);
    assertThat(nameServer.queries("a.example", Type.AAAA)).isEqualTo(1);
    assertThat(nameServer.queries()).isEqualTo(2);
  }

  @Test
  void nothingIsRemembered() throws Exception {
    DnsResolver resolver = resolver();
    nameServer.script("a.example", "8.8.8.8", "1.1.1.1");
    assertThat(texts(resolver.resolve("a.example"))).isEqualTo("8.8.8.8");
    assertThat(texts(resolver.resolve("a.example"))).isEqualTo("1.1.1.1");
  }

  @Test
  void everyAliasIsToldAlsoOverSeveralReplies() throws Exception {
    nameServer.script("a.example", "CNAME:b.example>CNAME:C.Internal");
    nameServer.script("C.Internal", "CNAME:d.example>8.8.8.8");
    Resolution resolution = resolver().resolve("a.example");
    assertThat(resolution.aliases())
        .containsExactlyInAnyOrder("b.example", "c.internal", "d.example");
    assertThat(texts(resolution)).isEqualTo("8.8.8.8");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sixteenAliasesPassAndSeventeenFail(boolean inOneReply) throws Exception {
    chain("sixteen", 16, inOneReply);
    chain("seventeen", 17, inOneReply);
    assertThat(resolver().resolve("sixteen0.example").aliases()).hasSize(16);
    assertThatThrownBy(() -> resolver().resolve("seventeen0.example"))
        .isInstanceOf(ResolutionException.class);
  }

  private void chain(String name, int aliases, boolean inOneReply) {
    List<String> hops =
        IntStream.rangeClosed(1, aliases).mapToObj(i -> "CNAME:" + name + i + ".example").toList();
    if (inOneReply) {
      nameServer.script(name + "0.example", String.join(">", hops) + ">8.8.8.8");
      return;
    }
    for (int i = 0; i < aliases; i++) {
      nameServer.script(name + i + ".example", hops.get(i));
    }
    nameServer.script(name + aliases + ".example", "8.8.8.8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "NXDOMAIN",
        "EMPTY",
        "SERVFAIL",
        "REFUSED",
        "GARBAGE",
        "CNAME:a.example",
        "CNAME:gone.example"
      })
  void whatIsNoSoundAnswerIsAFailure(String step) {
    nameServer.script("a.example", step);
    assertThatThrownBy(() -> resolver().resolve("a.example"))
        .isInstanceOf(ResolutionException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {Type.A, Type.AAAA})
  void anErrorInOneFamilyIsAFailureOfBoth(int family) {
    nameServer.script("a.example", "8.8.8.8,2600::1");
    nameServer.script("a.example", family, "SERVFAIL");
    assertThatThrownBy(() -> resolver().resolve("a.example"))
        .isInstanceOf(ResolutionException.class)
        .hasMessageContaining("lookup failed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"EMPTY", "NXDOMAIN", "NXRRSET"})
  void oneFamilyIsEnoughWhereTheOtherDoesNotExist(String step) throws Exception {
    nameServer.script("a.example", "8.8.8.8,2600::1");
    nameServer.script("a.example", Type.AAAA, step);
    assertThat(texts(resolver().resolve("a.example"))).isEqualTo("8.8.8.8");
  }

  @Test
  void aServerIsAskedTwice() throws Exception {
    nameServer.script("a.example", "GARBAGE", "8.8.8.8");
    assertThat(texts(resolver().resolve("a.example"))).isEqualTo("8.8.8.8");
    nameServer.script("b.example", "GARBAGE");
    assertThatThrownBy(() -> resolver().resolve("b.example"))
        .isInstanceOf(ResolutionException.class);
    assertThat(nameServer.queries("b.example", Type.A)).isEqualTo(2);
  }

  @Test
  void silenceIsAFailureAtTheDeadline() {
    nameServer.script("a.example", "TIMEOUT");
    assertThatThrownBy(() -> resolver(SHORT, 4).resolve("a.example"))
        .isInstanceOf(ResolutionException.class)
        .hasMessage("no answer in time");
  }

  /** A third of the time for each try, and up to a second until dnsjava notices. */
  @Test
  @Tag("timed")
  void afterATryWithoutAnAnswerThereIsTimeForAnother() throws Exception {
    nameServer.script("a.example", "TIMEOUT", "8.8.8.8");
    assertThat(texts(resolver(Duration.ofSeconds(6), 4).resolve("a.example"))).isEqualTo("8.8.8.8");
  }

  @Test
  void overTheBoundALookupFailsWithoutAQueryAndTheBoundIsGivenBack() throws Exception {
    nameServer.script("slow.example", "TIMEOUT");
    nameServer.script("a.example", "8.8.8.8");
    DnsResolver resolver = resolver(AMPLE, 1);
    CompletableFuture<String> outcome = new CompletableFuture<>();
    CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
    Thread waiter =
        new Thread(
            () -> {
              try {
                outcome.complete(texts(resolver.resolve("slow.example")));
              } catch (ResolutionException e) {
                outcome.complete(e.getMessage());
              }
              stillInterrupted.complete(Thread.currentThread().isInterrupted());
            });
    waiter.start();
    while (nameServer.queries("slow.example", Type.AAAA) == 0) {
      Thread.onSpinWait();
    }
    assertThatThrownBy(() -> resolver.resolve("a.example")).hasMessageContaining("too many");
    assertThat(nameServer.queries("a.example", Type.A)).isZero();
    waiter.interrupt();
    assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo("interrupted");
    assertThat(stillInterrupted.get(20, TimeUnit.SECONDS)).isTrue();
    waiter.join();
    assertThat(texts(resolver.resolve("a.example"))).isEqualTo("8.8.8.8");
  }

  @Test
  void theHostsFileComesFirstAndIsReadAnew() throws Exception {
    nameServer.script("a.example", "8.8.8.8");
    hosts("10.0.0.1 a.example other", "fd12::1 a.example # comment");
    DnsResolver resolver = resolver();
    assertThat(texts(resolver.resolve("a.example"))).isEqualTo("10.0.0.1 fd12::1");
    assertThat(nameServer.queries()).isZero();
    hosts("10.0.0.2 a.example");
    assertThat(texts(resolver.resolve("a.example"))).isEqualTo("10.0.0.2");
    hosts("");
    assertThat(texts(resolver.resolve("a.example"))).isEqualTo("8.8.8.8");
  }

  @Test
  void localhostIsTheHostsFilesOrElseLoopbackAndNeverAsked() throws Exception {
    assertThat(texts(resolver().resolve("localhost"))).isEqualTo("127.0.0.1 ::1");
    assertThat(texts(resolver().resolve("db.localhost"))).isEqualTo("127.0.0.1 ::1");
    hosts("127.0.0.2 localhost");
    assertThat(texts(resolver().resolve("localhost"))).isEqualTo("127.0.0.2");
    assertThat(nameServer.queries()).isZero();
  }

  @Test
  void searchDomainsServeSingleLabelsOnlyAndAreToldAsAliases() throws Exception {
    Name search = Name.fromString("corp.internal.");
    nameServer.script("db.corp.internal", "10.0.0.1");
    nameServer.script("a.example.corp.internal", "10.0.0.2");
    Resolution resolution = resolver(AMPLE, 4, search).resolve("db");
    assertThat(texts(resolution)).isEqualTo("10.0.0.1");
    assertThat(resolution.aliases()).containsExactly("db.corp.internal");
    assertThatThrownBy(() -> resolver(AMPLE, 4, search).resolve("a.example"))
        .isInstanceOf(ResolutionException.class);
    assertThat(nameServer.queries("a.example.corp.internal", Type.A)).isZero();
  }

  @Test
  void theSettingsServersAreTheOnesAsked() throws Exception {
    nameServer.script("a.example", "8.8.8.8");
    HostPort server = HostPort.parse("127.0.0.1:" + nameServer.address().getPort());
    TargetSettings settings =
        new TargetSettings(List.of(), Map.of(), List.of(), AMPLE, List.of(server));
    assertThat(texts(DnsResolver.of(settings, 4).resolve("a.example"))).isEqualTo("8.8.8.8");
  }

  @Test
  void theSystemsServersAreReadAnew() throws Exception {
    nameServer.script("a.example", "8.8.8.8");
    assertThat(ResolverConfig.getCurrentConfig().servers()).doesNotContain(nameServer.address());
    System.setProperty("dns.server", "127.0.0.1:" + nameServer.address().getPort());
    try {
      DnsResolver resolver = DnsResolver.of(TargetSettings.defaults(), 4);
      assertThat(texts(resolver.resolve("a.example"))).isEqualTo("8.8.8.8");
    } finally {
      System.clearProperty("dns.server");
      ResolverConfig.refresh();
    }
  }

  @Test
  void thisSystemsLocalhostIsLoopback() throws Exception {
    assertThat(DnsResolver.of(TargetSettings.defaults(), 4).resolve("localhost").addresses())
        .allMatch(address -> AddressClass.of(address) == AddressClass.LOOPBACK);
  }
}
