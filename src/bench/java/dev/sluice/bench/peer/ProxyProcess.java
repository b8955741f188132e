package dev.sluice.bench.peer;

import dev.sluice.bench.proc.ProcessTree;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.Parts;
import dev.sluice.testkit.RealPart;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A proxy of Debian's that runs. */
final class ProxyProcess implements AutoCloseable {

  /** Stands for the configuration file in a command's arguments. */
  static final String CONFIG = "{config}";

  private static final List<String> SYSTEM = List.of("/usr/sbin", "/usr/bin", "/usr/local/bin");

  private final Process process;
  private final int port;
  private final Thread reaper;

  private ProxyProcess(Process process, int port) {
    this.process = process;
    this.port = port;
    this.reaper = new Thread(this::kill);
    Runtime.getRuntime().addShutdownHook(reaper);
  }

  /**
   * Starts a program and waits until it listens.
   *
   * @param program its name, and that of its Debian package
   * @param config the text of its configuration file
   */
  static ProxyProcess start(String program, String config, int port, String... arguments) {
    Optional<Path> file = find(program);
    RealPart.require(file.isPresent(), program + ": apt-get install " + program);
    try {
      Path directory = Files.createDirectories(Parts.war().resolveSibling("bench"));
      Path configFile = Files.writeString(directory.resolve(program + ".cfg"), config);
      List<String> command = new ArrayList<>(List.of(file.get().toString()));
      for (String argument : arguments) {
        command.add(argument.equals(CONFIG) ? configFile.toString() : argument);
      }
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve(program + ".log").toFile())
              .start();
      ProxyProcess proxy = new ProxyProcess(process, port);
      Await.until(program + " listens on " + port, () -> proxy.listens());
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where a program is: what serves is not on every user's path. */
  static Optional<Path> find(String program) {
    List<String> directories = new ArrayList<>(SYSTEM);
    directories.addAll(List.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator), -1)));
    return directories.stream()
        .map(directory -> Path.of(directory, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private boolean listens() throws IOException {
    new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port).close();
    return true;
  }

  ProcessTree tree() {
    return new ProcessTree(process.pid());
  }

  int port() {
    return port;
  }

  private void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
    process.waitFor();
    Runtime.getRuntime().removeShutdownHook(reaper);
  }
}
