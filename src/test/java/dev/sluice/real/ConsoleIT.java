package dev.sluice.real;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.JWTClaimsSet;
import dev.sluice.access.Tokens;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Parts;
import dev.sluice.testkit.RealPart;
import dev.sluice.testkit.ServerKind;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The console in a real browser, against a real sshd, telnetd and Redis through the embedded
 * server. The steps are in {@code webapp/e2e}; their screenshots go to {@code
 * target/console-screenshots}.
 */
@Tag("console")
class ConsoleIT {

  /** Far above what it takes; reached only by a hang. */
  private static final int LIMIT_MINUTES = 10;

  private static final Path STEPS = Path.of("webapp", "e2e", "run.mjs").toAbsolutePath();

  private static final Path SCREENSHOTS = Parts.war().resolveSibling("console-screenshots");

  private static final ECKey KEY = Tokens.ec("keeper");

  /** Limits that are the rates of a person, who does not run all steps in a minute. */
  private static final String CONFIG =
      """
      auth:
        anonymous: {roles: [guest]}
        bearer: {issuer: "%s", audience: "%s", jwks: "%s"}
      targets:
        cache: {address: "127.0.0.1:%d", roles: [guest], protocol: redis}
        shell: {address: "127.0.0.1:%d", roles: [guest], protocol: ssh}
      rules:
        - {allow: true, networks: [127.0.0.0/8]}
      limits: {per-address: 100, handshakes-per-minute: 0, probes-per-minute: 0, targets-per-minute: 0}
      tunnel: {lane: fast}
      """;

  /** Limits that one page reaches at once. */
  private static final String NARROW =
      """
      auth:
        anonymous: {roles: [guest]}
      rules:
        - {allow: true, networks: [127.0.0.0/8]}
      limits: {per-address: 1, tunnel-bytes: 64KiB}
      tunnel: {lane: fast}
      """;

  /** How a line of the log begins that tells a figure. */
  private static final String FIGURE = "       ";

  /** The groups of steps to run, as {@code -Dconsole.groups=flood,telnet} names them; else all. */
  private static final String GROUPS = System.getProperty("console.groups", "");

  @TempDir Path dir;

  @Test
  void theConsoleWorksInABrowserAgainstRealServers() throws Exception {
    String node = Program.find("node", "nodejs");
    String browser = Program.find("chromium", "chromium");
    Program.find("vim", "vim");
    RealPart.require(
        Files.isDirectory(STEPS.resolveSibling("../node_modules/playwright-core").normalize()),
        "the console's node_modules, which its build installs");
    // the user of the test comes by here on the way home
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    try (LoginSshd sshd = new LoginSshd(Files.createDirectory(dir.resolve("login")));
        Sshd other = new Sshd(Files.createDirectory(dir.resolve("other")));
        Telnetd telnetd = new Telnetd(dir);
        Redis redis = new Redis(dir);
        Redis old =
            new Redis(Files.createDirectory(dir.resolve("old")), "--rename-command", "HELLO", "");
        GatewayServer narrow = GatewayServer.start(ServerKind.EMBEDDED, NARROW);
        GatewayServer gateway = GatewayServer.start(ServerKind.EMBEDDED, config(redis, sshd))) {
      JsonObject setup =
          setup(gateway, sshd)
              .add("browser", browser)
              .add("otherSsh", other.port())
              .add("telnet", telnetd.port())
              .add("redis", redis.port())
              .add("resp2", old.port())
              .add("narrow", narrow.base() + "/")
              .build();
      run(node, setup);
    }
  }

  private String config(Redis redis, LoginSshd sshd) throws IOException {
    Path keys = dir.resolve("keys.json");
    Files.writeString(keys, Tokens.keySet(KEY.toPublicJWK()));
    return CONFIG.formatted(Tokens.ISSUER, Tokens.AUDIENCE, keys, redis.port(), sshd.port());
  }

  /** What makes a request one of an administrator's. */
  private static String admin() {
    Instant now = Instant.now();
    JWTClaimsSet.Builder claims =
        Tokens.claims(now).expirationTime(Date.from(now.plusSeconds(3600)));
    return "Bearer " + Tokens.sign(claims.claim("roles", List.of("sluice-admin")).build(), KEY);
  }

  private JsonObjectBuilder setup(GatewayServer gateway, LoginSshd sshd) throws Exception {
    JsonObjectBuilder keys = Json.createObjectBuilder();
    for (String kind : List.of("ed25519", "ecdsa", "rsa", "encrypted")) {
      keys.add(kind, sshd.key(kind).toString());
    }
    return Json.createObjectBuilder()
        .add("base", gateway.base() + "/")
        .add("gatewayPort", gateway.port())
        .add("dir", dir.toString())
        .add("screenshots", SCREENSHOTS.toString())
        .add("ssh", sshd.port())
        .add("home", sshd.home().toString())
        .add("user", LoginSshd.USER)
        .add("password", LoginSshd.PASSWORD)
        .add("passphrase", LoginSshd.PASSPHRASE)
        .add("keys", keys)
        .add("admin", admin())
        .add("hostFingerprints", Json.createArrayBuilder(sshd.fingerprints()));
  }

  private static void tell(String figure) {
    System.out.println("console, " + figure.strip());
  }

  private static void run(String node, JsonObject setup) throws Exception {
    Path log = Files.createDirectories(SCREENSHOTS).resolve("steps.log");
    List<String> command = new ArrayList<>(List.of(node, STEPS.toString()));
    if (!GROUPS.isEmpty()) {
      command.addAll(List.of(GROUPS.split(",", -1)));
    }
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("CONSOLE_E2E", setup.toString());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES)).as("it ended").isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      Program.stop(process);
    }
    assertThat(process.exitValue()).as(Files.readString(log).replace("%", "%%")).isZero();
    try (Stream<String> lines = Files.lines(log)) {
      lines.filter(line -> line.startsWith(FIGURE)).forEach(ConsoleIT::tell);
    }
  }
}
