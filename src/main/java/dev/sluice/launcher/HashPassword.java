package dev.sluice.launcher;

import dev.sluice.access.PasswordHash;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/**
 * {@code hash-password}: what {@code auth.basic.users.<name>.password} holds for a password. Asks
 * at a terminal, twice and without an echo, or reads one line of its input; an argument would stand
 * in the shell's history and in the list of processes.
 */
@Command(
    name = "hash-password",
    description = "Makes a password's hash for the configuration; asks, or reads a line of stdin.",
    mixinStandardHelpOptions = true)
final class HashPassword implements Callable<Integer> {

  private static final int WRONG = 2;

  @Override
  public Integer call() throws IOException {
    Console console = terminal();
    String password = console == null ? line() : asked(console);
    if (password == null || password.isEmpty()) {
      System.err.println(
          console == null ? "there is no password on stdin" : "the two differ, or are empty");
      return WRONG;
    }
    System.out.println(PasswordHash.of(password).encoded());
    return 0;
  }

  /** Null where the input is none. From Java 22 on there is a console then too, which says so. */
  @SuppressWarnings("SystemConsoleNull") // it is asked below
  private static @Nullable Console terminal() {
    Console console = System.console();
    try {
      boolean isOne =
          console != null
              && Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
      return isOne ? console : null;
    } catch (NoSuchMethodException e) {
      return console;
    } catch (ReflectiveOperationException e) {
      return null;
    }
  }

  private static @Nullable String line() throws IOException {
    return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
  }

  private static @Nullable String asked(Console console) {
    char[] first = console.readPassword("Password: ");
    char[] again = console.readPassword("Again: ");
    return first != null && again != null && Arrays.equals(first, again) ? new String(first) : null;
  }
}
