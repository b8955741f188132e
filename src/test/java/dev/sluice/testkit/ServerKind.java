package dev.sluice.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The servers that Sluice runs on, each started as its operator would. */
public enum ServerKind {
  /** {@code java -jar sluice.war}. */
  EMBEDDED {
    @Override
    List<String> command(Launch launch) {
      List<String> command = launch.java();
      command.addAll(List.of("-jar", launch.war().toString()));
      command.addAll(List.of("--config", launch.config().toString()));
      command.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(launch.port())));
      return command;
    }
  },

  /** Payara Micro with {@code server-config/payara}. */
  PAYARA {
    /** As {@code server-config/payara/README.md} has it; Payara reads it before pre-boot.txt. */
    private static final String POOLED_BUFFERS =
        "-Dorg.glassfish.grizzly.DEFAULT_MEMORY_MANAGER"
            + "=org.glassfish.grizzly.memory.PooledMemoryManager";

    @Override
    void requireParts() {
      RealPart.require(Files.exists(Parts.payaraMicro()), "Payara Micro, " + Parts.payaraMicro());
    }

    /** It starts all the same, with a warning, when it does not know a setting. */
    @Override
    void requireSettings(String log) {
      log.lines()
          .filter(line -> line.contains("Boot Command") && line.contains(" failed"))
          .findFirst()
          .ifPresent(
              line -> {
                throw new AssertionError("a command of pre-boot.txt failed: " + line);
              });
    }

    @Override
    List<String> command(Launch launch) {
      Path config = Parts.serverConfig().resolve("payara");
      List<String> command = launch.java();
      command.add("-Dsluice.config=" + launch.config());
      command.add(POOLED_BUFFERS);
      command.addAll(List.of("-jar", Parts.payaraMicro().toString()));
      command.addAll(List.of("--nohazelcast", "--disablephonehome"));
      command.addAll(List.of("--rootdir", launch.directory().resolve("payara").toString()));
      command.addAll(List.of("--prebootcommandfile", config.resolve("pre-boot.txt").toString()));
      command.addAll(List.of("--port", Integer.toString(launch.httpPort())));
      if (launch.tls()) {
        command.addAll(List.of("--sslport", Integer.toString(launch.port())));
      }
      command.addAll(List.of("--deploy", launch.war().toString()));
      return command;
    }
  },

  /** WildFly's standalone server with {@code server-config/wildfly}. */
  WILDFLY {
    @Override
    void requireParts() {
      RealPart.require(
          Files.exists(Parts.wildflyHome().resolve("jboss-modules.jar")),
          "WildFly, " + Parts.wildflyHome());
    }

    @Override
    List<String> command(Launch launch) throws IOException {
      Path home = Parts.wildflyHome();
      Path base = WildFlySetup.freshBase(launch.directory(), launch.war());
      List<String> command = launch.java();
      command.add("-Dsluice.config=" + launch.config());
      command.add("-Djboss.home.dir=" + home);
      command.add("-Djboss.server.base.dir=" + base);
      command.add("-Dorg.jboss.boot.log.file=" + base.resolve("boot.log"));
      command.add("-Djboss.http.port=" + launch.httpPort());
      command.add("-Djboss.https.port=" + (launch.tls() ? launch.port() : Ports.free()));
      command.add("-Djboss.management.http.port=" + Ports.free());
      command.addAll(List.of("-jar", home.resolve("jboss-modules.jar").toString()));
      command.addAll(List.of("-mp", home.resolve("modules").toString()));
      command.addAll(List.of("org.jboss.as.standalone", "-c", "standalone.xml"));
      return command;
    }
  };

  /** The command that serves the WAR in the foreground until SIGTERM. */
  abstract List<String> command(Launch launch) throws IOException;

  /** Skips, or fails in CI, when the server itself is not here. */
  void requireParts() {}

  /**
   * Fails when a server that is ready has not taken one of the settings it was started with.
   *
   * @param log what it has said since its start
   */
  void requireSettings(String log) {}

  /**
   * What a start is told: a directory of its own, the WAR, Sluice's configuration, the port, and
   * whether TLS is spoken there, with the server's own certificate.
   */
  record Launch(
      Path directory, Path war, Path config, int port, boolean tls, List<String> jvmOptions) {

    /** An app server has a plain port too. */
    int httpPort() {
      return tls ? Ports.free() : port;
    }

    List<String> java() {
      List<String> command = new ArrayList<>();
      command.add(Parts.java().toString());
      command.addAll(jvmOptions);
      command.add("-Djava.io.tmpdir=" + directory);
      return command;
    }
  }
}
