package dev.sluice.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bench.trial.Figures;
import dev.sluice.testkit.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.TestAbortedException;

class CampaignTest {

  @TempDir private Path project;

  private final List<String> asked = new ArrayList<>();
  private final Map<String, Integer> parts = new LinkedHashMap<>();
  private Campaign campaign;

  @BeforeEach
  void begin() throws IOException {
    parts.put("first", 1);
    parts.put("second", 2);
    campaign = new Campaign("hike", Files.createDirectories(project.resolve("target")));
  }

  @AfterEach
  void forgetSettings() {
    List.of("servers", "parts", "publish").forEach(key -> System.clearProperty("hike." + key));
  }

  private boolean run() throws IOException {
    return campaign.run(parts, this::put, Map.of("cores", "2"));
  }

  private Figures put(ServerKind server, int part) {
    asked.add(server + " " + part);
    return new Figures().put("number", part);
  }

  @Test
  void putsEveryServerToEveryPart() throws IOException {
    assertThat(run()).isTrue();
    assertThat(asked)
        .containsExactly(
            "EMBEDDED 1", "EMBEDDED 2", "WILDFLY 1", "WILDFLY 2", "PAYARA 1", "PAYARA 2");
    assertThat(campaign.found()).hasSize(6);
  }

  @Test
  void putsThoseThatAreNamedAndFindsWhatWasFoundBefore() throws IOException {
    System.setProperty("hike.servers", "payara, embedded");
    System.setProperty("hike.parts", "second");
    assertThat(run()).isTrue();
    assertThat(asked).containsExactly("PAYARA 2", "EMBEDDED 2");
    System.setProperty("hike.servers", "wildfly");
    run();
    assertThat(campaign.found())
        .extracting(Findings.Finding::server)
        .containsExactly("embedded", "payara", "wildfly");
  }

  @Test
  void aServerOrPartThatThereIsNotIsNamed() {
    System.setProperty("hike.servers", "jetty");
    assertThatThrownBy(this::run).hasMessageContaining("hike.servers: no server jetty");
    System.setProperty("hike.servers", "embedded");
    System.setProperty("hike.parts", "third");
    assertThatThrownBy(this::run)
        .hasMessageContaining("hike.parts: no part third, there are [first, second]");
  }

  @Test
  void onePartThatFailsFailsTheCampaignAndTheOthersGoOn() throws IOException {
    boolean good =
        campaign.run(
            parts,
            (server, part) ->
                Campaign.attempt(
                    () -> {
                      if (part == 1 && server == ServerKind.WILDFLY) {
                        throw new IOException("it is down\nand more");
                      }
                      return put(server, part);
                    }),
            Map.of());
    assertThat(good).isFalse();
    assertThat(asked).hasSize(5);
    assertThat(campaign.found())
        .filteredOn(finding -> finding.error().isPresent())
        .singleElement()
        .satisfies(
            finding -> assertThat(finding.error()).contains("java.io.IOException: it is down"));
  }

  @Test
  void whatIsMissingIsLeftOutAndSaysSo() {
    Figures figures =
        Campaign.attempt(
            () -> {
              throw new TestAbortedException("no Payara Micro");
            });
    assertThat(figures.values()).containsEntry(Figures.ERROR, "left out, no Payara Micro");
  }

  @Test
  void aPageGoesToTheSiteOnlyWhenAsked() throws IOException {
    Path site = Files.createDirectories(project.resolve("src/site/markdown")).resolve("hike.md");
    campaign.publish("hike.md", "a page");
    assertThat(project.resolve("target/hike/hike.md")).hasContent("a page");
    assertThat(site).doesNotExist();
    System.setProperty("hike.publish", "true");
    campaign.publish("hike.md", "a page");
    assertThat(site).hasContent("a page");
  }
}
