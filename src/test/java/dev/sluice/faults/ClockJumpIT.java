package dev.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.PasswordHash;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.RealPart;
import dev.sluice.testkit.ServerKind;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsFrame.Close;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Somebody sets the wall clock while tunnels are open and tickets wait. Only the server's own: a
 * library between it and the system tells it another time than the machine has.
 */
@Tag("thorough")
@Timeout(240)
class ClockJumpIT {

  private static final String CONFIG =
      """
      auth:
        basic: {users: {operator: {password: "%s", roles: [ops]}}}
      tickets: {lifetime: %ds}
      targets:
        echo: {address: "127.0.0.1:%d", roles: [ops]}
      tunnel: {lane: %s, ping: 1s, stall-timeout: 30s, idle-timeout: 30s}
      """;

  private static final Duration LIFETIME = Duration.ofSeconds(10);
  private static final Duration NEAR = Duration.ofMinutes(10);
  private static final String PASSWORD = "correct horse";
  private static final BytePattern PATTERN = new BytePattern(23);
  private static final int PORTION = 1_000;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({"EMBEDDED, FAST", "EMBEDDED, STANDARD", "WILDFLY, FAST", "PAYARA, FAST"})
  void aJumpEndsNoTunnelAndChangesNoTicketsLife(ServerKind kind, Lane lane) throws Exception {
    Path clock = Files.writeString(directory.resolve("clock"), "+0\n");
    try (TcpTarget echo = Targets.echo();
        GatewayServer gateway =
            GatewayServer.start(
                kind, config(echo, lane), List.of("-Xmx512m"), c -> withClock(clock, c))) {
      try (WsClient client = open(gateway, ticket(gateway)).connect()) {
        PatternCheck check = new PatternCheck(PATTERN);
        Future<Close> end = Background.call(() -> client.receiveAll(check));
        assertCarries(client, check);

        String waiting = ticket(gateway);
        jump(gateway, clock, Duration.ofHours(3));
        assertThat(open(gateway, waiting).ask().status()).isEqualTo(101);
        assertCarries(client, check);

        long since = System.nanoTime();
        waiting = ticket(gateway);
        jump(gateway, clock, Duration.ofHours(-6));
        Await.until("it is over", () -> System.nanoTime() - since > LIFETIME.toNanos());
        assertThat(open(gateway, waiting).ask().status()).isEqualTo(401);
        assertCarries(client, check);

        jump(gateway, clock, Duration.ofDays(400));
        assertCarries(client, check);
        client.sendClose(1000);
        assertThat(Background.join(end).code()).isEqualTo(1000);
      }
      gateway.awaitNothingHeld();
    }
  }

  private static String config(TcpTarget echo, Lane lane) {
    String hash = PasswordHash.of(PASSWORD).encoded();
    return CONFIG.formatted(hash, LIFETIME.toSeconds(), echo.port(), lane.word());
  }

  /** The command of a server whose wall clock is as far from the machine's as the file says. */
  private static List<String> withClock(Path clock, List<String> command) {
    List<String> all = new ArrayList<>(List.of(RealPart.program("env", "coreutils")));
    all.add("LD_PRELOAD=" + library());
    all.add("FAKETIME_TIMESTAMP_FILE=" + clock);
    all.add("FAKETIME_NO_CACHE=1");
    all.add("FAKETIME_DONT_FAKE_MONOTONIC=1");
    all.addAll(command);
    return all;
  }

  private static Path library() {
    try (Stream<Path> architectures = Files.list(Path.of("/usr/lib"))) {
      List<Path> found =
          architectures
              .map(directory -> directory.resolve("faketime/libfaketimeMT.so.1"))
              .filter(Files::exists)
              .toList();
      RealPart.require(!found.isEmpty(), "libfaketimeMT.so.1 (Debian package libfaketime)");
      return found.get(0);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void jump(GatewayServer gateway, Path clock, Duration distance)
      throws IOException {
    Files.writeString(clock, "%+d%n".formatted(distance.toSeconds()));
    Await.until(
        "the server's clock has jumped by " + distance,
        () -> {
          Instant itsNow = Instant.parse(ask(gateway).getString("expiresAt"));
          Duration off = Duration.between(Instant.now().plus(distance), itsNow);
          return off.abs().compareTo(NEAR) < 0;
        });
  }

  private static void assertCarries(WsClient client, PatternCheck check) throws IOException {
    long before = check.count();
    client.send(PATTERN.bytes(before, PORTION));
    Await.until("it comes back", () -> check.count() == before + PORTION);
    check.assertIntact();
  }

  private static String ticket(GatewayServer gateway) throws IOException {
    return ask(gateway).getString("ticket");
  }

  private static JsonObject ask(GatewayServer gateway) throws IOException {
    byte[] account = ("operator:" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    Map<String, String> authorization =
        Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(account));
    HttpReply reply =
        Http.postJson(gateway.http("/api/tickets"), "{\"target\":\"echo\"}", authorization);
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return Json.createReader(new StringReader(reply.body())).readObject();
  }

  private static WsHandshake open(GatewayServer gateway, String ticket) {
    return WsHandshake.to(gateway.ws("/tunnel/echo")).subprotocols("sluice.ticket." + ticket);
  }
}
