package dev.sluice.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the build put what is under test; outside Maven, where it usually puts them. */
public final class Parts {

  private Parts() {}

  /** The one file under test. */
  public static Path war() {
    return path("sluice-test.war", "target/sluice.war");
  }

  /** The java command that runs this test. */
  public static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /** The scripts of WebSocket clients in other languages. */
  public static Path clients() {
    return path("sluice-test.clients", "src/test/clients");
  }

  /** The files an operator sets servers up by. */
  public static Path serverConfig() {
    return path("sluice-test.server-config", "server-config");
  }

  static Path payaraMicro() {
    return path("sluice-test.servers", "target/servers").resolve("payara-micro.jar");
  }

  static Path wildflyHome() {
    return path("sluice-test.wildfly", "target/servers/wildfly");
  }

  /** Where servers write while they run. */
  static Path workDirectory() {
    return war().resolveSibling("gateways");
  }

  /**
   * A new directory beside them, whose name begins with {@code prefix}: it goes with the rest of
   * the build, and stays until then for whoever looks into a failure.
   */
  public static Path newDirectory(String prefix) throws IOException {
    return Files.createTempDirectory(Files.createDirectories(workDirectory()), prefix);
  }

  private static Path path(String property, String usual) {
    return Path.of(System.getProperty(property, usual)).toAbsolutePath();
  }
}
