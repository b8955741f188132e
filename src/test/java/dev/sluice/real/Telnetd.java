package dev.sluice.real;

import dev.sluice.testkit.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** A telnetd behind a small inetd that gives whoever comes a shell, on loopback. */
final class Telnetd implements AutoCloseable {

  private final int port = Ports.free();
  private final Process process;

  /** Starts it with {@code dir} as the place of its files. */
  Telnetd(Path dir) throws IOException {
    String socat = Program.find("socat", "socat");
    String telnetd = Program.find("telnetd", "inetutils-telnetd");
    Path login = dir.resolve("login.sh");
    Files.writeString(
        login,
        """
        #!/bin/sh
        exec /bin/bash --norc --noprofile -i
        """);
    Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rwx------"));
    Path log = dir.resolve("telnetd.log");
    process =
        new ProcessBuilder(
                socat,
                "TCP-LISTEN:%d,bind=127.0.0.1,reuseaddr,fork".formatted(port),
                "EXEC:%s -h -E %s,nofork".formatted(telnetd, login))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Program.awaitStart(
        process,
        log,
        () -> {
          new Socket(InetAddress.getLoopbackAddress(), port).close();
          return true;
        });
  }

  /** Where it listens on 127.0.0.1. */
  int port() {
    return port;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    Program.stop(process);
  }
}
