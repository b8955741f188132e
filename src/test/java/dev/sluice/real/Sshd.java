package dev.sluice.real;

import dev.sluice.testkit.Ports;
import dev.sluice.testkit.WsPipe;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A throw-away sshd of the user who runs the tests, and the client's side of it. */
final class Sshd implements AutoCloseable {

  private static final String USER = System.getProperty("user.name");
  private static final String TEST_CLASSES =
      Path.of(
              URI.create(
                  WsPipe.class.getProtectionDomain().getCodeSource().getLocation().toString()))
          .toString();
  private static final Path SEPARATION_DIR = Path.of("/run/sshd");

  private final Path dir;
  private final int port = Ports.free();
  private final Process process;
  private final String ssh = Program.find("ssh", "openssh-client");
  private final String scp = Program.find("scp", "openssh-client");

  /** Makes keys in {@code dir} and starts the server. */
  Sshd(Path dir) throws IOException, InterruptedException {
    this.dir = dir;
    String sshd = Program.find("sshd", "openssh-server");
    key("host_key");
    key("user_key");
    Files.copy(dir.resolve("user_key.pub"), dir.resolve("authorized_keys"));
    Files.writeString(
        dir.resolve("known_hosts"),
        "through-the-gateway " + Files.readString(dir.resolve("host_key.pub")));
    Files.writeString(dir.resolve("sshd_config"), serverConfig());
    Files.writeString(dir.resolve("ssh_config"), clientConfig());
    if (USER.equals("root")) {
      Files.createDirectories(SEPARATION_DIR);
    }
    process =
        new ProcessBuilder(sshd, "-D", "-e", "-f", dir.resolve("sshd_config").toString())
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("sshd.log").toFile())
            .start();
    Program.awaitStart(
        process,
        dir.resolve("sshd.log"),
        () -> {
          new Socket(InetAddress.getLoopbackAddress(), port).close();
          return true;
        });
  }

  private void key(String name) throws IOException, InterruptedException {
    String keygen = Program.find("ssh-keygen", "openssh-client");
    String file = dir.resolve(name).toString();
    Program.run(dir, List.of(keygen, "-q", "-t", "ed25519", "-N", "", "-f", file)).succeeded();
  }

  /** As root PAM, because sshd alone turns away an account that has no password. */
  private String serverConfig() {
    return """
        Port %d
        ListenAddress 127.0.0.1
        HostKey %s
        AuthorizedKeysFile %s
        PidFile none
        StrictModes no
        UsePAM %s
        PasswordAuthentication no
        KbdInteractiveAuthentication no
        PrintMotd no
        Subsystem sftp internal-sftp
        """
        .formatted(
            port,
            dir.resolve("host_key"),
            dir.resolve("authorized_keys"),
            USER.equals("root") ? "yes" : "no");
  }

  private String clientConfig() {
    return """
        User %s
        HostKeyAlias through-the-gateway
        IdentityFile %s
        IdentitiesOnly yes
        UserKnownHostsFile %s
        StrictHostKeyChecking yes
        BatchMode yes
        """
        .formatted(USER, dir.resolve("user_key"), dir.resolve("known_hosts"));
  }

  /** Where it listens on 127.0.0.1. */
  int port() {
    return port;
  }

  /** {@code ssh} through {@code tunnel}, ready to run. */
  List<String> ssh(URI tunnel, String remoteCommand) {
    return command(ssh, tunnel, "target", remoteCommand);
  }

  /** {@code scp} through {@code tunnel}; a remote path starts with {@code target:}. */
  List<String> scp(URI tunnel, String from, String to) {
    return command(scp, tunnel, "-q", from, to);
  }

  private List<String> command(String program, URI tunnel, String... arguments) {
    String pipe =
        "'%s/bin/java' -cp '%s' dev.sluice.testkit.WsPipe '%s'"
            .formatted(
                System.getProperty("java.home"),
                TEST_CLASSES,
                tunnel.toString().replace("%", "%%"));
    List<String> command =
        new ArrayList<>(
            List.of(
                program, "-F", dir.resolve("ssh_config").toString(), "-o", "ProxyCommand=" + pipe));
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public void close() {
    Program.stop(process);
  }
}
