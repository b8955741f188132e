package dev.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the page on security promises is proved by tests that are there. */
class ThreatTableTest {

  private static final Path PAGE = Path.of("src/site/markdown/security.md");

  /** A test class, or one of its tests; after an ellipsis a test of the class named before. */
  private static final Pattern TEST =
      Pattern.compile("`(?:(\\w+(?:Test|Contract|IT))(?:\\.(\\w+))?|…(\\w+))`");

  private final Map<String, Path> classes = testClasses();

  private static Map<String, Path> testClasses() {
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  file -> file,
                  (one, other) -> one));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> threats() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .dropWhile(line -> !line.startsWith("|---"))
        .skip(1)
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }

  @Test
  void everyThreatNamesATestThatExists() throws IOException {
    assertThat(threats()).hasSizeGreaterThan(30);
    List<String> wrong = new ArrayList<>();
    for (String threat : threats()) {
      String[] cells = threat.split("\\|", -1);
      Matcher test = TEST.matcher(cells[3]);
      String last = "";
      int found = 0;
      while (test.find()) {
        last = test.group(1) == null ? last : test.group(1);
        String method = test.group(1) == null ? test.group(3) : test.group(2);
        if (!exists(last, method)) {
          wrong.add(last + "." + method + " of:" + cells[1]);
        }
        found++;
      }
      if (found == 0) {
        wrong.add("no test of:" + cells[1]);
      }
    }
    assertThat(wrong).isEmpty();
  }

  private boolean exists(String name, String method) throws IOException {
    Path file = classes.get(name);
    return file != null
        && (method == null || Files.readString(file).contains("void " + method + "("));
  }
}
