package dev.sluice.bench.capacity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.bench.report.Findings;
import dev.sluice.bench.trial.Figures;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CapacityPageTest {

  private static final Model MODEL = new Model(0.004, 0.4, 0.7, 40e-6, 1.3e-3);
  private static final Usage WORK = new Usage(10, 2, 1, 20_000, 600, 0);

  /**
   * Of the load that is foretold, in KiB: 1,068 tunnels of 6 and ten of 16; ten buffers of 1 MiB.
   */
  private static final double HEAP = 1068 * 6 + 10 * 16;

  @TempDir private Path directory;

  private CapacityPage page(double cpuTimes, double heapTimes) throws Exception {
    Findings findings = new Findings(directory);
    Figures memory =
        new Figures()
            .put("heap_rest_mib", 20)
            .put("interactive_heap_kib", 6)
            .put("interactive_buffers_kib", 0)
            .put("interactive_descriptors", 2)
            .put("slow_heap_kib", 16)
            .put("slow_buffers_kib", 1024);
    findings.add("wildfly", "memory", memory, Map.of("cores", "2"));
    findings.add("wildfly", "model", MODEL.put(new Figures()), Map.of("cores", "2"));
    Usage usage =
        new Usage(
            WORK.seconds(),
            WORK.gbDown(),
            WORK.gbUp(),
            WORK.messages(),
            WORK.tunnels(),
            MODEL.cpu(WORK) * cpuTimes);
    Figures mixed =
        usage
            .put(new Figures())
            .put("heap_added_kib", HEAP * heapTimes)
            .put("compilers_cores", 0.25)
            .put("worked_buffers_mib", 7)
            .put("buffers_added_kib", 10_240);
    findings.add("wildfly", "mixed", mixed, Map.of("cores", "2"));
    return new CapacityPage(findings.all());
  }

  @Test
  void whatCameAsForetoldHolds() throws Exception {
    CapacityPage page = page(1, 1);
    assertThat(page.holds()).isTrue();
    // 0.04 at rest, 0.8, 0.7, 0.8 and 0.78 s in ten seconds
    assertThat(page.markdown())
        .contains("- cores: 2\n")
        .contains("| cores busy | – | 0.31 → 0.31 (0 %) | – |")
        .contains("| direct buffers added, MiB | – | 10.0 → 10.0 (0 %) | – |")
        .contains("| its direct buffers then, MiB | – | 7 | – |")
        .contains("| compilers before, cores | – | 0.25 | – |");
  }

  @Test
  void oneFigureThatCameOtherwiseDoesNot() throws Exception {
    assertThat(page(1.25, 1).holds()).isTrue();
    CapacityPage page = page(2, 1);
    assertThat(page.holds()).isFalse();
    assertThat(page.markdown()).contains("| – | 0.31 → 0.62 (-50 %) | – |");
    assertThat(page(1, 0.7).holds()).isFalse();
  }

  @Test
  void theExampleNeedsTheNodesOfItsScarcestPart() throws Exception {
    // 0.004 + 0.06 + 0.021 + 0.1 + 0.039 cores of 1.2; 30 MiB of 492; 50 MiB of 512; 10,100 of
    // 20,000
    assertThat(page(1, 1).markdown())
        .contains("| cores busy | – | 0.22 | – |")
        .contains("| live objects, MiB | – | 30 | – |")
        .contains("| descriptors | – | 10,100 | – |")
        .contains("| nodes, without the spare one | – | 1 | – |");
    assertThat(new Demand(0.2, 30, 50, 10_100).nodes(2, 1024, 20, 5_000)).isEqualTo(3);
    assertThat(new Demand(0.2, 30, 1500, 10).nodes(2, 1024, 20, 5_000)).isEqualTo(3);
    assertThat(new Demand(2.5, 30, 50, 10).nodes(2, 1024, 20, 5_000)).isEqualTo(3);
  }

  @Test
  void whatFailedIsNamedAndForetellsNothing() throws Exception {
    page(1, 1);
    Findings findings = new Findings(directory);
    findings.add("wildfly", "mixed", Figures.failed("a tunnel ended"), Map.of());
    CapacityPage page = new CapacityPage(findings.all());
    assertThat(page.markdown())
        .contains("- wildfly, mixed: a tunnel ended\n")
        .contains("| live objects added, MiB | – | – | – |");
  }
}
