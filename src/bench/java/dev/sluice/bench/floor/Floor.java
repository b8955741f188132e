package dev.sluice.bench.floor;

import dev.sluice.bench.load.Address;
import dev.sluice.testkit.GatewayServer;
import dev.sluice.testkit.Parts;
import dev.sluice.testkit.ServerKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A server that runs with the counting endpoint in Sluice's place, set up in the same way.
 *
 * @param count of the bytes that came to the endpoint
 */
public record Floor(GatewayServer server, ByteCount count) implements AutoCloseable {

  private static final String EMBEDDED_MAIN = "dev.sluice.launcher.FloorLauncher";

  /**
   * Starts one and waits until it serves.
   *
   * @throws org.opentest4j.TestAbortedException when the server is not installed
   */
  public static Floor start(ServerKind kind, List<String> jvmOptions) {
    try {
      String name = "floor-" + kind.name().toLowerCase(Locale.ROOT);
      Path directory = Files.createDirectories(Parts.war().resolveSibling("bench").resolve(name));
      Path file = directory.resolve("count");
      Files.deleteIfExists(file);
      ByteCount count = ByteCount.in(file);
      List<String> options = new ArrayList<>(jvmOptions);
      options.add("-D" + CountingEndpoint.FILE + "=" + file);
      Path war = FloorWar.write(directory);
      GatewayServer server =
          kind == ServerKind.EMBEDDED
              ? GatewayServer.start(kind, war, options, Floor::embedded)
              : GatewayServer.start(kind, war, options, command -> command);
      return new Floor(server, count);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** No launcher is in that WAR: the one of this class path serves, with the same arguments. */
  private static List<String> embedded(List<String> command) {
    List<String> other = new ArrayList<>(command);
    int jar = other.indexOf("-jar");
    other.set(jar, "-cp");
    other.set(jar + 1, System.getProperty("java.class.path"));
    other.add(jar + 2, EMBEDDED_MAIN);
    return other;
  }

  /** Where the endpoint sends back what comes. */
  public Address echo() {
    return Address.webSocket(server.port(), "/sluice/count?" + CountingEndpoint.ECHO, "");
  }

  /** Where the endpoint is. */
  public Address address() {
    return Address.webSocket(server.port(), "/sluice/count", "");
  }

  @Override
  public void close() {
    server.close();
  }
}
