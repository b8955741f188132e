package dev.sluice.real;

import dev.sluice.testkit.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A throw-away redis-server that keeps nothing, and the client's side of it. */
final class Redis implements AutoCloseable {

  private final int port = Ports.free();
  private final Process process;
  private final String cli = Program.find("redis-cli", "redis-tools");
  private final String benchmark = Program.find("redis-benchmark", "redis-tools");

  /** Starts the server with {@code dir} as its directory, and {@code more} options. */
  Redis(Path dir, String... more) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(Program.find("redis-server", "redis-server"), "--bind", "127.0.0.1"));
    command.addAll(List.of("--port", String.valueOf(port), "--dir", dir.toString()));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--daemonize", "no"));
    command.addAll(List.of(more));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(dir.resolve("redis.log").toFile())
            .start();
    Program.awaitStart(
        process,
        dir.resolve("redis.log"),
        () -> Program.run(dir, cli(port, "PING")).text().equals("PONG"));
  }

  /** Where it listens on 127.0.0.1. */
  int port() {
    return port;
  }

  /** {@code redis-cli} against a local port, ready to run. */
  List<String> cli(int atPort, String... arguments) {
    return command(cli, atPort, arguments);
  }

  /** {@code redis-benchmark} against a local port, ready to run. */
  List<String> benchmark(int atPort, String... arguments) {
    return command(benchmark, atPort, arguments);
  }

  private static List<String> command(String program, int atPort, String... arguments) {
    List<String> command =
        new ArrayList<>(List.of(program, "-h", "127.0.0.1", "-p", String.valueOf(atPort)));
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public void close() {
    Program.stop(process);
  }
}
