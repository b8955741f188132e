package dev.sluice.testkit;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Base directories for WildFly, set up by {@code server-config/wildfly/sluice.cli}. The script runs
 * once for all JVMs of a build; every server then starts on a fresh copy, because a base directory
 * that has served before holds the WAR twice and does not boot.
 */
final class WildFlySetup {

  private static Path configured;

  private WildFlySetup() {}

  /** A base directory that has never served, with the WAR in its deployments. */
  static synchronized Path freshBase(Path directory, Path war) throws IOException {
    if (configured == null) {
      configured = configured();
    }
    Path base = directory.resolve("wildfly");
    copy(configured.resolve("configuration"), base.resolve("configuration"));
    Path deployments = Files.createDirectories(base.resolve("deployments"));
    Files.copy(war, deployments.resolve("sluice.war"));
    return base;
  }

  /** Whoever comes first makes it, for this script and this WildFly. */
  private static Path configured() throws IOException {
    Path directory = Files.createDirectories(Parts.workDirectory());
    CRC32 about = new CRC32();
    about.update(Files.readAllBytes(script()));
    about.update(Parts.wildflyHome().toString().getBytes(StandardCharsets.UTF_8));
    Path made = directory.resolve("wildfly-setup-" + Long.toHexString(about.getValue()));
    try (FileChannel file =
            FileChannel.open(directory.resolve("wildfly-setup.lock"), CREATE, WRITE);
        FileLock held = file.lock()) {
      if (held.isValid() && !Files.exists(made)) {
        Files.move(applyScript(directory), made);
      }
    }
    return made;
  }

  private static Path script() {
    return Parts.serverConfig().resolve("wildfly/sluice.cli");
  }

  private static Path applyScript(Path directory) throws IOException {
    Path base = Files.createTempDirectory(directory, "wildfly-setup-");
    Path home = Parts.wildflyHome();
    copy(home.resolve("standalone/configuration"), base.resolve("configuration"));
    File log = base.resolve("cli.log").toFile();
    ProcessBuilder cli =
        new ProcessBuilder("sh", home.resolve("bin/jboss-cli.sh").toString(), "--file=" + script());
    cli.environment().put("JAVA_HOME", System.getProperty("java.home"));
    cli.environment().put("JAVA_OPTS", "-XX:TieredStopAtLevel=1 -Djboss.server.base.dir=" + base);
    Process process = cli.redirectErrorStream(true).redirectOutput(log).start();
    try {
      if (!process.waitFor(120, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new IOException("sluice.cli failed:\n" + Files.readString(log.toPath()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    lookOftenForDeployments(base.resolve("configuration/standalone.xml"));
    return base;
  }

  /** Every five seconds, as usual, is what a test that redeploys would mostly wait for. */
  private static void lookOftenForDeployments(Path configuration) throws IOException {
    String usual = Files.readString(configuration);
    String often = usual.replace("scan-interval=\"5000\"", "scan-interval=\"250\"");
    if (often.equals(usual)) {
      throw new IOException("no deployment scanner in " + configuration);
    }
    Files.writeString(configuration, often);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      tree.forEach(
          source -> {
            try {
              Path target = to.resolve(from.relativize(source).toString());
              Files.createDirectories(target.getParent());
              Files.copy(source, target);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
