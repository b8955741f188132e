package dev.sluice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Sets servers up to log callers in themselves, as {@code identity.md} tells an operator to: the
 * WAR with what {@code server-config/login} has for it, and users by the server's own means.
 */
public final class ServerLogin {

  private static final String BASE = "-Djboss.server.base.dir=";

  private ServerLogin() {}

  /** How the server asks. */
  public enum Way {
    BASIC("login"),
    FORM("login/form");

    /** In {@code server-config}: the descriptor, and the pages that it needs. */
    private final String directory;

    Way(String directory) {
      this.directory = directory;
    }
  }

  /**
   * A user of the server's own.
   *
   * @param group of the one group; its name is the role's
   */
  public record User(String name, String password, String group) {}

  /** Starts a server that asks for a login and knows these users. */
  public static GatewayServer start(ServerKind kind, Way way, String yaml, List<User> users) {
    UnaryOperator<List<String>> change =
        switch (kind) {
          case WILDFLY -> command -> onWildFly(command, way, users);
          case PAYARA -> command -> onPayara(command, way, users);
          case EMBEDDED -> throw new IllegalArgumentException("it has no login");
        };
    return GatewayServer.start(kind, yaml, List.of("-Xmx512m"), change);
  }

  private static List<String> onWildFly(List<String> command, Way way, List<User> users) {
    Path base =
        command.stream()
            .filter(option -> option.startsWith(BASE))
            .map(option -> Path.of(option.substring(BASE.length())))
            .findFirst()
            .orElseThrow();
    writeWar(way, base.resolve("deployments/sluice.war"));
    for (User user : users) {
      run(
          "sh",
          Parts.wildflyHome().resolve("bin/add-user.sh").toString(),
          "--silent",
          "-a",
          "-u",
          user.name(),
          "-p",
          user.password(),
          "-g",
          user.group(),
          "-sc",
          base.resolve("configuration").toString());
    }
    return command;
  }

  private static List<String> onPayara(List<String> command, Way way, List<User> users) {
    int deploy = command.indexOf("--deploy");
    Path directory = Path.of(command.get(command.indexOf("--rootdir") + 1)).getParent();
    Path war = directory.resolve("war/sluice.war");
    StringBuilder commands = new StringBuilder();
    try {
      Files.createDirectories(war.getParent());
      writeWar(way, war);
      for (User user : users) {
        Path password = directory.resolve(user.name() + ".password");
        Files.writeString(password, "AS_ADMIN_USERPASSWORD=" + user.password() + "\n");
        commands.append(
            "create-file-user --passwordfile %s --groups %s %s%n"
                .formatted(password, user.group(), user.name()));
      }
      Path script = Files.writeString(directory.resolve("post-boot.txt"), commands);
      List<String> changed = new ArrayList<>(command);
      changed.set(deploy + 1, war.toString());
      changed.addAll(deploy, List.of("--postbootcommandfile", script.toString()));
      return changed;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The WAR under test with what asks for a login. */
  private static void writeWar(Way way, Path to) {
    try {
      Files.copy(Parts.war(), to, StandardCopyOption.REPLACE_EXISTING);
      URI archive = URI.create("jar:" + to.toUri());
      try (FileSystem zip = FileSystems.newFileSystem(archive, Map.of())) {
        Path directory = Parts.serverConfig().resolve(way.directory);
        Files.copy(directory.resolve("web.xml"), zip.getPath("WEB-INF/web.xml"));
        try (DirectoryStream<Path> pages = Files.newDirectoryStream(directory, "*.html")) {
          for (Path page : pages) {
            Files.copy(page, zip.getPath(page.getFileName().toString()));
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void run(String... command) {
    CommandRun run = CommandRun.of(List.of(command));
    if (run.exit() != 0) {
      throw new AssertionError(run.toString());
    }
  }
}
