package dev.sluice.contract;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Http;
import dev.sluice.testkit.Parts;
import dev.sluice.testkit.PayaraHost;
import dev.sluice.testkit.ServerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** The WAR on a server that goes on running: takes it away and puts it back. */
abstract class Deployment {

  private final GatewayServer server;

  private Deployment(GatewayServer server) {
    this.server = server;
  }

  /** Starts a server that can do so. */
  static GatewayServer start(ServerKind kind, String yaml) {
    List<String> heap = List.of("-Xmx512m");
    return kind == ServerKind.PAYARA
        ? GatewayServer.start(kind, yaml, heap, Deployment::hosted)
        : GatewayServer.start(kind, yaml, heap);
  }

  /** What was deployed when {@code server} was started by {@link #start}. */
  static Deployment of(ServerKind kind, GatewayServer server) {
    return kind == ServerKind.PAYARA ? new OnPayara(server) : new OnWildFly(server);
  }

  abstract void undeploy() throws IOException;

  abstract void deploy() throws IOException;

  final void redeploy() throws IOException {
    undeploy();
    deploy();
    Await.until("deployed again", () -> Http.get(server.http("/health/ready")).status() == 200);
  }

  /** The same command with {@link PayaraHost} around it, and what the JAR's manifest opens. */
  private static List<String> hosted(List<String> command) {
    int at = command.indexOf("-jar");
    String jar = command.get(at + 1);
    List<String> hosted = new ArrayList<>(command.subList(0, at));
    hosted.addAll(openings(jar));
    hosted.addAll(List.of("-cp", jar + ":" + classesOf(PayaraHost.class)));
    hosted.add(PayaraHost.class.getName());
    hosted.addAll(command.subList(at + 2, command.size()));
    return hosted;
  }

  private static List<String> openings(String jar) {
    try (JarFile file = new JarFile(jar)) {
      Attributes manifest = file.getManifest().getMainAttributes();
      List<String> options = new ArrayList<>();
      for (String name : List.of("Add-Opens", "Add-Exports")) {
        for (String part : manifest.getValue(name).trim().split(" +", -1)) {
          options.add("--" + name.toLowerCase(Locale.ROOT) + "=" + part + "=ALL-UNNAMED");
        }
      }
      return options;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String classesOf(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  private static final class OnWildFly extends Deployment {
    private final Path deployments;

    OnWildFly(GatewayServer server) {
      super(server);
      deployments = server.config().resolveSibling("wildfly").resolve("deployments");
    }

    @Override
    void undeploy() throws IOException {
      Files.delete(deployments.resolve("sluice.war.deployed"));
      Await.until("undeployed", () -> Files.exists(deployments.resolve("sluice.war.undeployed")));
    }

    @Override
    void deploy() throws IOException {
      Files.createFile(deployments.resolve("sluice.war.dodeploy"));
    }
  }

  private static final class OnPayara extends Deployment {
    private final GatewayServer server;
    private int said;

    OnPayara(GatewayServer server) {
      super(server);
      this.server = server;
    }

    @Override
    void undeploy() throws IOException {
      say("undeploy sluice");
    }

    @Override
    void deploy() throws IOException {
      say("deploy " + Parts.war());
    }

    private void say(String line) throws IOException {
      server.say(line);
      said++;
      Await.until(line, () -> server.log().split("done: ", -1).length > said);
    }
  }
}
