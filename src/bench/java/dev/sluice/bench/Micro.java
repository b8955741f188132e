package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;

/** The micro-benchmarks of single classes, which lie in those classes' packages. */
final class Micro {

  private Micro() {}

  /**
   * Runs them; the figures are printed, and in {@code jmh.json}.
   *
   * @param pattern regular expression of those to run
   * @param options JMH's own, separated by spaces
   */
  static void run(String pattern, String options, Path directory)
      throws IOException, RunnerException, CommandLineOptionException {
    Files.createDirectories(directory);
    List<String> arguments = new ArrayList<>(List.of(pattern, "-rf", "json"));
    arguments.addAll(List.of("-rff", directory.resolve("jmh.json").toString()));
    if (!options.isBlank()) {
      arguments.addAll(List.of(options.trim().split(" +", -1)));
    }
    new Runner(new CommandLineOptions(arguments.toArray(String[]::new))).run();
  }
}
