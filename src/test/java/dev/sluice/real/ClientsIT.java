package dev.sluice.real;

import dev.sluice.real.ClientContract.Skill;
import dev.sluice.testkit.Parts;
import dev.sluice.testkit.RealPart;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** WebSocket clients that others wrote: what they make of our frames, and we of theirs. */
@ExtendWith(Gateways.class)
class ClientsIT {

  @TempDir static Path dir;

  @Nested
  class JdkHttpClient extends ClientContract {
    JdkHttpClient() {
      super(Skill.FRAGMENTS, Skill.PING);
    }

    @Override
    List<String> report(URI echo, URI bye, URI nobody) throws Exception {
      return JavaClient.report(JdkClient::open, echo, bye, nobody);
    }
  }

  @Nested
  class Tyrus extends ClientContract {
    Tyrus() {
      super(Skill.FRAGMENTS, Skill.PING);
    }

    @Override
    List<String> report(URI echo, URI bye, URI nobody) throws Exception {
      return JavaClient.report(TyrusClient::open, echo, bye, nobody);
    }
  }

  @Nested
  class NodeWs extends ClientContract {
    private final Path client = Parts.clients().resolve("node");
    private String node;

    NodeWs() {
      super(Skill.FRAGMENTS, Skill.PING);
    }

    /** Node looks for packages from the script's directory upwards, so both go to a fresh one. */
    @BeforeEach
    void install() throws Exception {
      node = Program.find("node", "nodejs");
      String npm = Program.find("npm", "npm");
      if (Files.exists(dir.resolve("node_modules/ws/package.json"))) {
        return;
      }
      for (String file : List.of("package.json", "package-lock.json", "client.mjs")) {
        Files.copy(client.resolve(file), dir.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
      Program.Ended ended =
          Program.run(
              dir, List.of(npm, "ci", "--prefix", dir.toString(), "--no-audit", "--no-fund"));
      RealPart.require(ended.status() == 0, "the npm package ws: " + ended.error());
    }

    @Override
    List<String> report(URI echo, URI bye, URI nobody) throws Exception {
      String script = dir.resolve("client.mjs").toString();
      return lines(List.of(node, script), echo, bye, nobody);
    }
  }

  @Nested
  class PythonWebsockets extends ClientContract {
    /** Debian's own: a package of it is no module of another Python. */
    private static final String PYTHON = "/usr/bin/python3";

    PythonWebsockets() {
      super(Skill.FRAGMENTS, Skill.PING);
    }

    @BeforeEach
    void find() throws Exception {
      boolean present =
          Files.isExecutable(Path.of(PYTHON))
              && Program.run(dir, List.of(PYTHON, "-c", "import websockets")).status() == 0;
      RealPart.require(present, "websockets for Python (Debian package python3-websockets)");
    }

    @Override
    List<String> report(URI echo, URI bye, URI nobody) throws Exception {
      String script = Parts.clients().resolve("python/client.py").toString();
      return lines(List.of(PYTHON, "-X", "utf8", script), echo, bye, nobody);
    }
  }

  @Nested
  class ChromiumPage extends ClientContract {

    @Override
    List<String> report(URI echo, URI bye, URI nobody) throws Exception {
      URI page = URI.create("http://" + echo.getAuthority() + "/sluice/");
      String script = Files.readString(Parts.clients().resolve("browser/client.js"));
      String call = "(%s\n)('%s', '%s', '%s')".formatted(script, echo, bye, nobody);
      try (Chromium browser = new Chromium(dir, page)) {
        browser.awaitPage("http://" + echo.getAuthority());
        return browser.evaluate(call).lines().toList();
      }
    }
  }

  /** Runs a program with the three addresses; the lines it prints. */
  private static List<String> lines(List<String> program, URI echo, URI bye, URI nobody)
      throws Exception {
    List<String> command = new ArrayList<>(program);
    command.addAll(List.of(echo.toString(), bye.toString(), nobody.toString()));
    return Program.run(dir, command).succeeded().text().lines().toList();
  }
}
