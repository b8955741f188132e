package dev.sluice.real;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.RealPart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs installed programs to their end, output in files so that size does not matter. */
final class Program {

  /** Far above what any run here takes; reached only by a hang. */
  private static final long LIMIT_SECONDS = 120;

  /**
   * A program that ended.
   *
   * @param status exit status
   * @param output file with its standard output
   * @param error its standard error
   */
  record Ended(int status, Path output, String error) {
    /** Standard output as text, without the space around it. */
    String text() {
      try {
        return Files.readString(output).strip();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The same, or a failed test where the program did not succeed. */
    Ended succeeded() {
      if (status != 0) {
        throw new AssertionError("exit status " + status + ": " + error);
      }
      return this;
    }
  }

  private Program() {}

  /** Where {@code name} is installed; without it the test is skipped, or fails in CI. */
  static String find(String name, String debianPackage) {
    return RealPart.program(name, debianPackage);
  }

  /** Runs {@code command} with an empty standard input. */
  static Ended run(Path dir, List<String> command) throws IOException, InterruptedException {
    return run(dir, command, Path.of("/dev/null"));
  }

  /** Runs {@code command} with {@code input} as its standard input; {@code dir} gets its output. */
  static Ended run(Path dir, List<String> command, Path input)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile(dir, "output", "");
    Path error = Files.createTempFile(dir, "error", "");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectOutput(output.toFile())
            .redirectError(error.toFile())
            .start();
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError(
            command + " hangs; standard error: " + Files.readString(error, StandardCharsets.UTF_8));
      }
    } finally {
      stop(process);
    }
    return new Ended(process.exitValue(), output, Files.readString(error));
  }

  /** Waits until {@code serves} holds; where that fails the process is gone and its log shown. */
  static void awaitStart(Process process, Path log, Await.Condition serves) throws IOException {
    try {
      Await.until("it serves, or has exited", () -> !process.isAlive() || serves.holds());
    } catch (AssertionError never) {
      stop(process);
      throw new AssertionError(Files.readString(log), never);
    }
    if (!process.isAlive()) {
      throw new AssertionError("exit status " + process.exitValue() + ": " + Files.readString(log));
    }
  }

  /** Ends {@code process} and waits until it is gone. */
  static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
