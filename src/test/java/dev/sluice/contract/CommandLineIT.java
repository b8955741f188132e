package dev.sluice.contract;

import static dev.sluice.contract.RefusalContract.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.access.PasswordHash;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.CommandRun;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.HttpReply;
import dev.sluice.testkit.Parts;
import dev.sluice.testkit.ServerKind;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The WAR as a program: what it prints, how it exits, how it goes down. */
class CommandLineIT {

  @TempDir Path directory;

  @Test
  void checkOfAGoodConfigurationPrintsItAndExitsWith0() throws Exception {
    Path good = file(SuiteConfig.on(Lane.STANDARD, "db", 5432).yaml());

    CommandRun run = sluice("--check", "--config", good.toString());

    assertThat(run.exit()).as(run.toString()).isZero();
    assertThat(run.out()).contains("dial-timeout").contains("127.0.0.1:5432");
  }

  @Test
  void checkOfABadConfigurationListsEveryProblemAndExitsWith2() throws Exception {
    Path bad = file("tunnel: {high-water: many}\nlisten: {port: 0x}\nunheard-of: 1\n");

    CommandRun run = sluice("--check", "--config", bad.toString());

    assertThat(run.exit()).as(run.toString()).isEqualTo(2);
    assertThat(run.out() + run.err())
        .contains("tunnel.high-water")
        .contains("listen.port")
        .contains("unheard-of");
  }

  @Test
  void aBadConfigurationNeverServes() throws Exception {
    Path bad = file("tunnel: {high-water: many}\nunheard-of: 1\n");

    CommandRun run = sluice("--config", bad.toString(), "--port", "0");

    assertThat(run.exit()).as(run.toString()).isEqualTo(2);
    assertThat(run.out() + run.err()).contains("tunnel.high-water").contains("unheard-of");
  }

  @Test
  void checkListsWhatIsWrongWithTheFilesOfTlsBesideAllElse() throws Exception {
    Path bad =
        file(
            """
            listen: {port: 0x, tls: {certificate: %1$s/none.pem, key: %1$s/key.pem}}
            """
                .formatted(directory));
    Files.writeString(
        directory.resolve("key.pem"), TestCertificate.pem("EC PRIVATE KEY", new byte[] {1}));

    for (List<String> how : List.of(List.of("--check"), List.<String>of())) {
      List<String> arguments = new ArrayList<>(how);
      arguments.addAll(List.of("--config", bad.toString()));
      CommandRun run = sluice(arguments.toArray(String[]::new));

      assertThat(run.exit()).as(run.toString()).isEqualTo(2);
      assertThat(run.err())
          .contains("listen.port")
          .contains("none.pem: does not exist")
          .contains("key.pem: is in SEC1 form; convert it: openssl pkcs8");
    }
  }

  @Test
  void checkMasksThePasswordAndWarnsOfAnExpiredCertificate() throws Exception {
    TestCertificate expired = TestCertificate.makeExpired(directory);
    Path config =
        file(
            "listen: {tls: {keystore: %s, password: %s}}\n"
                .formatted(expired.keystore(), TestCertificate.PASSWORD));

    CommandRun run = sluice("--check", "--config", config.toString());

    assertThat(run.exit()).as(run.toString()).isZero();
    assertThat(run.err()).contains("certificate expired at");
    assertThat(run.out()).contains("password: \"***\"");
    assertThat(run.toString()).doesNotContain(TestCertificate.PASSWORD);
  }

  @Test
  void withTlsTheLineSaysHttpsAndTheLaneIsFast() throws Exception {
    TestCertificate.make(directory, "EC").writePem(directory);
    try (GatewayServer server = GatewayServer.startSecure(directory, "", List.of())) {
      awaitReadyLine(server);
      assertThat(server.log())
          .contains("ready at https://127.0.0.1:" + server.port() + "/sluice/")
          .contains("fast lane (tunnel.lane: auto)");
    }
  }

  @Test
  void versionAndHelpArePrinted() {
    CommandRun version = sluice("--version");
    CommandRun help = sluice("--help");

    assertThat(version.exit()).isZero();
    assertThat(version.out()).containsPattern("\\d+\\.\\d+\\.\\d+");
    assertThat(help.exit()).isZero();
    assertThat(help.out())
        .contains("--config", "--host", "--port", "--check", "--demo", "--version", "--help");
  }

  @Test
  void anUnknownOptionExitsWith2() {
    assertThat(sluice("--unheard-of").exit()).isEqualTo(2);
  }

  @Test
  void itSaysInOneLineWhereItServes() {
    try (GatewayServer server = GatewayServer.start(ServerKind.EMBEDDED, suiteYaml())) {
      String line = "ready at http://127.0.0.1:" + server.port() + "/sluice/";

      awaitReadyLine(server);
      assertThat(server.log().lines().filter(l -> l.contains(line))).hasSize(1);
    }
  }

  @Test
  void itBindsToNothingButTheAddressConfigured() {
    try (GatewayServer server = GatewayServer.start(ServerKind.EMBEDDED, suiteYaml())) {
      URI elsewhere = URI.create("ws://127.0.0.2:" + server.port() + "/sluice/tunnel/x");

      assertThatThrownBy(() -> WsHandshake.to(elsewhere).ask()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void withoutConfigurationEveryTargetIsRefusedAndTheLogSaysHowToAllowOne() throws Exception {
    try (GatewayServer server = GatewayServer.start(ServerKind.EMBEDDED, "")) {
      assertProblem(WsHandshake.to(server.tunnel(22)).ask(), 403, "target_denied");
      assertThat(server.log()).contains("rules");
    }
  }

  @ParameterizedTest
  @EnumSource
  void sigtermDrainsThenExitsWith0(Lane lane) throws Exception {
    try (TcpTarget echo = Targets.echo();
        GatewayServer server =
            GatewayServer.start(ServerKind.EMBEDDED, suiteYaml(lane) + "drain: {time: 5s}\n")) {
      WsHandshake handshake = WsHandshake.to(server.tunnel(echo.port()));
      try (WsClient client = handshake.connect()) {
        awaitReadyLine(server);
        client.send(new byte[] {6});
        assertThat(client.receive(1)).containsExactly(6);
        server.terminate();

        Await.until("new tunnels are refused", () -> handshake.ask().status() == 503);
        HttpReply refused = handshake.ask();
        assertProblem(refused, 503, "draining");
        client.send(new byte[] {7});
        assertThat(client.receive(1)).containsExactly(7);
        assertThat(client.awaitClose().code()).isEqualTo(1012);
        assertThat(server.awaitExit()).isZero();
      }
    }
  }

  @Test
  void sigtermWithoutTunnelsExitsWith0AtOnce() throws Exception {
    try (GatewayServer server =
        GatewayServer.start(ServerKind.EMBEDDED, suiteYaml() + "drain: {time: 1h}\n")) {
      awaitReadyLine(server);
      server.terminate();

      assertThat(server.awaitExit()).isZero();
    }
  }

  /** It may answer a moment before it says so. */
  private static void awaitReadyLine(GatewayServer server) {
    Await.until("the line that it serves", () -> server.log().contains(" ready at "));
  }

  private static String suiteYaml() {
    return suiteYaml(Lane.STANDARD);
  }

  private static String suiteYaml(Lane lane) {
    return SuiteConfig.on(lane, "unused", 9).yaml();
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(directory.resolve("sluice.yaml"), yaml);
  }

  private static CommandRun sluice(String... arguments) {
    List<String> command = new ArrayList<>(List.of(Parts.java().toString(), "-jar"));
    command.add(Parts.war().toString());
    command.addAll(List.of(arguments));
    return CommandRun.of(command);
  }

  @Test
  void hashPasswordReadsALineAndPrintsItsHash() {
    List<String> command =
        List.of(Parts.java().toString(), "-jar", Parts.war().toString(), "hash-password");
    CommandRun run = CommandRun.of(command, "correct horse\nnever read\n");
    assertThat(run.exit()).as(run.toString()).isZero();
    PasswordHash hash = PasswordHash.parse(run.out().strip());
    assertThat(hash).matches(h -> h.encoded().startsWith("pbkdf2-sha256:600000:"));
    assertThat(CommandRun.of(command, "").exit()).isEqualTo(2);
  }
}
