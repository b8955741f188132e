package dev.sluice.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class ReportTest {

  @TempDir Path directory;

  @Test
  void theMedianIsTheMiddleOrTheMeanOfTheMiddleTwo() {
    assertThat(Median.of(List.of())).isEmpty();
    assertThat(Median.of(List.of(5.0))).hasValue(5);
    assertThat(Median.of(List.of(9.0, 1.0, 2.0))).hasValue(2);
    assertThat(Median.of(List.of(9.0, 1.0, 2.0, 4.0))).hasValue(3);
  }

  @Test
  void aRatioIsTakenInEachRoundBeforeTheMedian() throws Exception {
    Runs runs =
        runs(
            run(1, "down1", "haproxy", "\"mb_s\":1000"),
            run(1, "down1", "ours", "\"mb_s\":1500"),
            run(2, "down1", "haproxy", "\"mb_s\":100"),
            run(2, "down1", "ours", "\"mb_s\":200"),
            run(3, "down1", "haproxy", "\"mb_s\":10"),
            run(3, "down1", "ours", "\"mb_s\":30"));
    assertThat(runs.ratio("down1", "ours", "mb_s").orElseThrow()).isEqualTo(2, within(1e-9));
    assertThat(runs.median("down1", "ours", "mb_s")).hasValue(200);
    assertThat(runs.ratio("down1", "haproxy", "mb_s")).hasValue(1);
  }

  @Test
  void aRoundThatOneOfTheTwoLacksGivesNoRatio() throws Exception {
    Runs runs =
        runs(
            run(1, "down1", "haproxy", "\"mb_s\":100"),
            run(2, "down1", "ours", "\"mb_s\":200"),
            run(3, "down1", "haproxy", "\"error\":\"gone\""),
            run(3, "down1", "ours", "\"mb_s\":50"));
    assertThat(runs.ratio("down1", "ours", "mb_s")).isEmpty();
    assertThat(runs.errors()).containsExactly("down1, haproxy: gone");
  }

  @Test
  void aLineThatWasCutShortIsPassedOver() throws Exception {
    Runs runs = runs(run(1, "down1", "ours", "\"mb_s\":7"), "{\"round\":2,\"test\":\"do");
    assertThat(runs.median("down1", "ours", "mb_s")).hasValue(7);
  }

  @Test
  void aTableHasARowForWhoeverHasACell() {
    String table =
        new Table("T")
            .column("a", peer -> peer.equals("x") ? "1" : "")
            .column("b", peer -> peer.equals("z") ? "" : peer)
            .markdown(List.of("x", "y", "z"));
    assertThat(table)
        .isEqualTo("## T\n\n| | a | b |\n|---|---|---|\n| x | 1 | x |\n| y | – | y |\n\n");
    assertThat(new Table("T").column("a", peer -> "").markdown(List.of("x"))).isEmpty();
  }

  @Test
  void theReportNamesMachineRatiosAndLosses() throws Exception {
    write(
        "{\"machine\":{\"cores\":\"2\"}}",
        run(1, "down1", "direct", "\"mb_s\":2000"),
        run(1, "down1", "haproxy", "\"mb_s\":1000,\"cpu_s_per_gb\":0.8"),
        run(1, "down1", "embedded-fast", "\"mb_s\":1900,\"cpu_s_per_gb\":0.5"),
        run(
            0,
            "idle1000",
            "embedded-fast",
            "\"rss_kib_each\":8.04,\"pss_kib_each\":7.9,\"heap_kib_each\":3.25"),
        run(0, "exact_up", "websockify", "\"complete\":false,\"closes\":\"{1000=4}\""),
        run(0, "slow_up", "embedded-fast", "\"held_bytes\":1100000,\"kernel_bytes\":1"));
    String text = Report.read(file()).write(directory);
    assertThat(text)
        .contains("- cores: 2\n")
        .contains("| embedded-fast | 1900 (1.90) |")
        .contains("| embedded-fast | 8.0 / 7.9 | 3.3 |")
        .contains("| websockify | – | **no** {1000=4} |")
        .contains("down ×1: embedded-fast reaches 0.95 of what the tool does")
        .doesNotContain("What went wrong");
    assertThat(directory.resolve("table.md")).hasContent(text);
    assertThat(directory.resolve("throughput.svg")).exists();
    assertThat(directory.resolve("messages.svg")).doesNotExist();
  }

  @Test
  void aNeighbourHasItsTimesInQuietAndUnderAttack() throws Exception {
    String quiet = "\"p50_quiet_us\":100,\"p99_quiet_us\":200";
    write(
        run(1, "hostile_pings", "haproxy", quiet + ",\"error\":\"gone\""),
        run(1, "hostile_pings", "ours", attacked(200, 300, 1.5)),
        run(2, "hostile_pings", "ours", attacked(400, 900, 3)),
        run(3, "hostile_pings", "ours", attacked(250, 340, 1.7)),
        run(1, "hostile_bytes", "ours", attacked(100, 200, 1)));
    assertThat(Report.read(file()).markdown())
        .contains("| | pings | bytes |\n")
        .contains("| ours | 0.10/0.20 → 0.25/0.34 (1.70) | 0.10/0.20 → 0.10/0.20 (1.00) |\n")
        .doesNotContain("| haproxy |")
        .contains("hostile_pings, haproxy: gone");
  }

  @Test
  void theStandardLaneIsComparedWithItsFloorInTheSameRound() throws Exception {
    write(
        run(1, "up1k_1", "payara-standard", "\"mb_s\":90,\"cpu_s_per_gb\":11"),
        run(1, "up1k_1", "payara-floor", "\"mb_s\":100,\"cpu_s_per_gb\":10"),
        run(2, "up1k_1", "payara-standard", "\"mb_s\":40,\"cpu_s_per_gb\":22"),
        run(2, "up1k_1", "payara-floor", "\"mb_s\":50,\"cpu_s_per_gb\":20"),
        run(3, "up1k_1", "payara-standard", "\"mb_s\":9,\"cpu_s_per_gb\":12"),
        run(3, "up1k_1", "payara-floor", "\"mb_s\":10,\"cpu_s_per_gb\":10"),
        run(1, "up1k_1", "payara-fast", "\"mb_s\":300,\"cpu_s_per_gb\":1"));
    String text = Report.read(file()).markdown();
    assertThat(text.substring(text.indexOf("an endpoint that only counts")))
        .contains("| payara-standard | – | – | 0.90 (1.10) | – |\n")
        .doesNotContain("| payara-fast |")
        .doesNotContain("| payara-floor |");
  }

  private static String attacked(int p50, int p99, double times) {
    return "\"p50_quiet_us\":100,\"p99_quiet_us\":200,\"p50_meanwhile_us\":%d,".formatted(p50)
        + "\"p99_meanwhile_us\":%d,\"p99_times\":%s".formatted(p99, times);
  }

  @Test
  void aBarIsAsLongAsItsShareOfTheLongest() throws Exception {
    String svg =
        new BarChart("A & B", 2, 1)
            .group("<g>", Map.of("x-fast", 4.0))
            .group("h", Map.of("y", 1.0))
            .group("nothing", Map.of())
            .svg();
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("title").item(0).getTextContent()).isEqualTo("A & B");
    assertThat(document.getElementsByTagName("rect").getLength()).isEqualTo(2);
    Element first = (Element) document.getElementsByTagName("rect").item(0);
    Element second = (Element) document.getElementsByTagName("rect").item(1);
    assertThat(first.getAttribute("class")).isEqualTo("fast");
    assertThat(Double.parseDouble(first.getAttribute("width")))
        .isEqualTo(4 * Double.parseDouble(second.getAttribute("width")), within(0.2));
    assertThat(document.getElementsByTagName("line").getLength()).isEqualTo(2);
  }

  private Path file() {
    return directory.resolve("results.jsonl");
  }

  private void write(String... lines) throws Exception {
    Files.writeString(file(), String.join("\n", lines) + "\n");
  }

  private Runs runs(String... lines) throws Exception {
    write(lines);
    return Runs.read(file());
  }

  private static String run(int round, String test, String peer, String figures) {
    return "{\"round\":%d,\"test\":\"%s\",\"peer\":\"%s\",\"figures\":{%s}}"
        .formatted(round, test, peer, figures);
  }
}
