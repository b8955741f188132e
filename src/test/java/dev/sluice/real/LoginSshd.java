package dev.sluice.real;

import dev.sluice.testkit.Ports;
import dev.sluice.testkit.RealPart;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * An sshd into which a user of its own logs in by password, by questions and by keys. The user
 * exists for that sshd alone: the files that name it lie over the machine's in a mount namespace.
 */
final class LoginSshd implements AutoCloseable {

  static final String USER = "sluice-tester";
  static final String PASSWORD = "correct-horse";
  static final String PASSPHRASE = "sesame";

  private static final int UID = 54_321;
  private static final String HASH =
      "$6$sluicetests"
          + "$g.6RPDCNZytLIazr6cpS0PvdqrDq.Y3iW1lM..xpR.AESY3TtM5t8UQE.JNDSvARjaNnNLBjDd5iwh50FpTtD0";

  private final Path dir;
  private final int port = Ports.free();
  private final Process process;

  /**
   * Makes keys and the user in {@code dir}, and starts the server.
   *
   * @param dir a fresh directory, which the user may read
   */
  LoginSshd(Path dir) throws IOException, InterruptedException {
    this.dir = dir;
    RealPart.require(
        System.getProperty("user.name").equals("root"), "root, to let a user of the test log in");
    String unshare = Program.find("unshare", "util-linux");
    String sshd = Program.find("sshd", "openssh-server");
    Files.setPosixFilePermissions(dir, PosixFilePermissions.fromString("rwxr-xr-x"));
    for (String type : List.of("ed25519", "ecdsa", "rsa")) {
      key("host_" + type, type, "");
      key("user_" + type, type, "");
    }
    key("user_encrypted", "ed25519", PASSPHRASE);
    makeHome();
    append("passwd", USER + ":x:" + UID + ":" + UID + "::" + home() + ":/bin/bash");
    append("shadow", USER + ":" + HASH + ":19000:0:99999:7:::");
    append("group", USER + ":x:" + UID + ":");
    Files.writeString(dir.resolve("sshd_config"), serverConfig());
    Files.createDirectories(Path.of("/run/sshd"));
    process = start(unshare, sshd);
  }

  private Process start(String unshare, String sshd) throws IOException {
    String command =
        "for f in passwd shadow group; do mount --bind '%1$s'/$f /etc/$f || exit; done; exec '%2$s' -D -e -f '%1$s/sshd_config'"
            .formatted(dir, sshd);
    Path log = dir.resolve("sshd.log");
    Process started =
        new ProcessBuilder(unshare, "--mount", "sh", "-c", command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Program.awaitStart(
        started,
        log,
        () -> {
          new Socket(InetAddress.getLoopbackAddress(), port).close();
          return true;
        });
    return started;
  }

  private void key(String name, String type, String passphrase)
      throws IOException, InterruptedException {
    String keygen = Program.find("ssh-keygen", "openssh-client");
    String file = dir.resolve(name).toString();
    Program.run(dir, List.of(keygen, "-q", "-t", type, "-N", passphrase, "-f", file)).succeeded();
  }

  private void makeHome() throws IOException {
    Path ssh = Files.createDirectories(home().resolve(".ssh"));
    Path authorized = Files.createFile(ssh.resolve("authorized_keys"));
    for (String name : List.of("ed25519", "ecdsa", "rsa", "encrypted")) {
      Files.write(
          authorized,
          Files.readAllLines(dir.resolve("user_" + name + ".pub")),
          StandardOpenOption.APPEND);
    }
    try (Stream<Path> tree = Files.walk(home())) {
      for (Path path : tree.toList()) {
        Files.setAttribute(path, "unix:uid", UID);
        Files.setAttribute(path, "unix:gid", UID);
      }
    }
  }

  private void append(String name, String line) throws IOException {
    String machine = Files.readString(Path.of("/etc", name));
    Files.writeString(dir.resolve(name), machine + line + "\n");
  }

  private String serverConfig() {
    return """
        Port %d
        ListenAddress 127.0.0.1
        HostKey %2$s/host_ed25519
        HostKey %2$s/host_ecdsa
        HostKey %2$s/host_rsa
        PidFile none
        StrictModes no
        UsePAM yes
        PasswordAuthentication yes
        KbdInteractiveAuthentication yes
        PrintMotd no
        Subsystem sftp internal-sftp
        """
        .formatted(port, dir);
  }

  /** Where it listens on 127.0.0.1. */
  int port() {
    return port;
  }

  /** The user's directory. */
  Path home() {
    return dir.resolve("home");
  }

  /** The file with the user's private key of a kind: ed25519, ecdsa, rsa or encrypted. */
  Path key(String kind) {
    return dir.resolve("user_" + kind);
  }

  /** The fingerprints of the host's keys, as {@code ssh-keygen -l} writes them. */
  List<String> fingerprints() throws IOException, InterruptedException {
    String keygen = Program.find("ssh-keygen", "openssh-client");
    Stream.Builder<String> found = Stream.builder();
    for (String type : List.of("ed25519", "ecdsa", "rsa")) {
      String file = dir.resolve("host_" + type + ".pub").toString();
      String line = Program.run(dir, List.of(keygen, "-l", "-f", file)).succeeded().text();
      found.add(line.split(" ", 3)[1]);
    }
    return found.build().toList();
  }

  @Override
  public void close() {
    Program.stop(process);
  }
}
