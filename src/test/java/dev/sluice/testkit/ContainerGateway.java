package dev.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * A gateway in a container made of one of the images of {@code server-config}. It shares the host's
 * network, so that targets on 127.0.0.1 are the same inside and outside.
 */
public final class ContainerGateway implements Gateway, AutoCloseable {

  private static final Duration START = Duration.ofMinutes(5);

  private final GenericContainer<?> container;
  private final Path directory;
  private final int port;

  private ContainerGateway(GenericContainer<?> container, Path directory, int port) {
    this.container = container;
    this.directory = directory;
    this.port = port;
  }

  /** Starts the image of {@code server-config/payara}, named by a system property. */
  public static ContainerGateway payara(String yaml) {
    int port = Ports.free();
    GenericContainer<?> container = container("sluice-test.payara-image");
    // the image's own copy listens on all addresses; on the host's network that is too many
    container.withFileSystemBind(
        Parts.serverConfig().resolve("payara/pre-boot.txt").toString(),
        "/opt/payara/pre-boot.txt",
        BindMode.READ_ONLY);
    container.withCommand("--port", Integer.toString(port));
    return start(container, yaml, port);
  }

  /** Starts the image of {@code server-config/wildfly}, named by a system property. */
  public static ContainerGateway wildfly(String yaml) {
    int port = Ports.free();
    GenericContainer<?> container = container("sluice-test.wildfly-image");
    container.withCommand(
        "-b",
        "127.0.0.1",
        "-Djboss.http.port=" + port,
        "-Djboss.https.port=" + Ports.free(),
        "-Djboss.management.http.port=" + Ports.free());
    return start(container, yaml, port);
  }

  /** Skips the test when nobody named an image. */
  private static GenericContainer<?> container(String property) {
    String image = System.getProperty(property, "");
    Assumptions.assumeFalse(image.isEmpty(), "no image named by " + property);
    GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(image));
    // built here, never pulled; on the machine's memory it is one of several
    return container
        .withImagePullPolicy(name -> false)
        .withNetworkMode("host")
        .withEnv("JAVA_TOOL_OPTIONS", String.join(" ", GatewayServer.USUAL));
  }

  private static ContainerGateway start(GenericContainer<?> container, String yaml, int port) {
    try {
      Path directory = Parts.newDirectory("container-");
      Files.writeString(directory.resolve("sluice.yaml"), yaml);
      container.withFileSystemBind(directory.toString(), "/etc/sluice", BindMode.READ_ONLY);
      container.start();
      ContainerGateway gateway = new ContainerGateway(container, directory, port);
      gateway.awaitReady();
      return gateway;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitReady() {
    try {
      Await.until(
          "the container is ready",
          START,
          () -> !container.isRunning() || Http.get(http("/health/ready")).status() == 200);
      if (!container.isRunning()) {
        throw new AssertionError("the container ended");
      }
    } catch (AssertionError e) {
      try {
        throw new AssertionError(e.getMessage() + "; it said:\n" + log(), e);
      } finally {
        close();
      }
    }
  }

  @Override
  public URI base() {
    return URI.create("http://127.0.0.1:" + port + "/sluice");
  }

  @Override
  public void rewriteConfig(String yaml) throws IOException {
    Path next = Files.writeString(directory.resolve("sluice.yaml.next"), yaml);
    Path current = directory.resolve("sluice.yaml");
    Files.move(next, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public String log() {
    return container.getLogs();
  }

  @Override
  public void close() {
    container.stop();
  }
}
