package dev.sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A command that ran to its end.
 *
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record CommandRun(int exit, String out, String err) {

  /** Runs a command to its end; fails the test when it does not come to one. */
  public static CommandRun of(List<String> command) {
    return of(command, "");
  }

  /** The same, with {@code input} on its standard input. */
  public static CommandRun of(List<String> command, String input) {
    return of(command, input, Await.GENEROUS);
  }

  /** The same; fails the test after {@code limit}, and leaves nothing that it has started. */
  static CommandRun of(List<String> command, String input, Duration limit) {
    try {
      Process process = new ProcessBuilder(command).start();
      try (OutputStream in = process.getOutputStream()) {
        in.write(input.getBytes(StandardCharsets.UTF_8));
      }
      Future<String> out = Background.call(() -> text(process.getInputStream()));
      Future<String> err = Background.call(() -> text(process.getErrorStream()));
      if (!process.waitFor(limit.toSeconds(), TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("never ended: " + command);
      }
      return new CommandRun(process.exitValue(), Background.join(out), Background.join(err));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static String text(InputStream stream) throws IOException {
    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
  }
}
