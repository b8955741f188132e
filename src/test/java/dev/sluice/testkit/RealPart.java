package dev.sluice.testkit;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Real programs and servers that a test needs: without them it is skipped, or fails in CI. */
public final class RealPart {

  /** Environment variable that turns a skip for want of a real part into a failure. */
  public static final String REQUIRED = "REQUIRE_REAL_PARTS";

  private RealPart() {}

  /**
   * Skips the test when a real part is missing, or fails it where {@value #REQUIRED} is "true".
   *
   * @param present whether the part is here
   * @param what the part, as a sentence the report can show
   */
  public static void require(boolean present, String what) {
    if (present) {
      return;
    }
    String reason = "missing: " + what;
    if (Boolean.parseBoolean(System.getenv(REQUIRED))) {
      Assertions.fail(reason + " (and " + REQUIRED + " is set)");
    }
    Assumptions.abort(reason);
  }

  /** Where the program {@code name} is installed; without it the test is skipped, or fails. */
  public static String program(String name, String debianPackage) {
    Optional<Path> found =
        Stream.concat(
                Stream.of(System.getenv("PATH").split(File.pathSeparator)), Stream.of("/usr/sbin"))
            .map(dir -> Path.of(dir, name))
            .filter(Files::isExecutable)
            .findFirst();
    require(found.isPresent(), name + " (Debian package " + debianPackage + ")");
    return found.orElseThrow().toString();
  }
}
