package dev.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The two events that the audit record has of each attempt. */
final class AuditPairs {

  private AuditPairs() {}

  /**
   * Fails the test unless every decision in the file has its one end, and every end its decision.
   */
  static void assertWhole(Path audit) throws IOException {
    List<String> lines = Files.readAllLines(audit);
    assertThat(ids(lines, "end")).doesNotHaveDuplicates();
    assertThat(ids(lines, "decision"))
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(ids(lines, "end"));
  }

  /** Waits for what is on its way to the file: after a failure it is tried again in a second. */
  static void awaitEnds(Path audit, int ends) {
    Await.until(
        ends + " ends are recorded", () -> ids(Files.readAllLines(audit), "end").size() >= ends);
  }

  private static List<String> ids(List<String> lines, String event) {
    return lines.stream()
        .filter(line -> line.contains("\"event\":\"" + event + '"'))
        .map(line -> line.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1"))
        .toList();
  }
}
