package dev.sluice.bench.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProcTest {

  private static final String QUEUES =
      """
        sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
         0: 0100007F:1F90 00000000:0000 0A 00000000:00000003 00:00000000 00000000     0        0 1 1
         1: 0100007F:1F90 0100007F:8235 01 00000100:00000020 01:00000014 00000000     0        0 2 2
         2: 0100007F:8235 0100007F:1F90 01 00000001:00000002 00:00000000 00000000     0        0 3 2
         3: 0100007F:0016 0100007F:9999 01 00FFFFFF:00FFFFFF 00:00000000 00000000     0        0 4 2
      """;

  @Test
  void timesCountInBothModesAndWithThoseOfChildren() {
    ProcessStat stat =
        ProcessStat.parse(
            "4711 (a (b) c) S 1 4711 4711 0 -1 4194560 900 5 0 0 30 7 200 1 20 0 42 0 1 2 3");
    assertThat(stat.ticks()).isEqualTo(238);
    assertThat(stat.threads()).isEqualTo(42);
    assertThatThrownBy(() -> ProcessStat.parse("nonsense")).hasMessageContaining("nonsense");
  }

  @Test
  void memoryIsReadByItsName() {
    String status = "Name:\tjava\nVmRSS:\t  123456 kB\nVmRSSx:\t 1 kB\nThreads:\t9\n";
    assertThat(KilobyteLines.value(status, "VmRSS")).isEqualTo(123_456);
    assertThat(KilobyteLines.value(status, "Threads")).isEqualTo(9);
    assertThatThrownBy(() -> KilobyteLines.value(status, "Pss"))
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void queuesOfBothEndsOfAConnectionCountAndNoOthers() {
    assertThat(TcpQueues.held(QUEUES, Set.of(0x8235))).isEqualTo(0x100 + 0x20 + 1 + 2);
    assertThat(TcpQueues.held(QUEUES, Set.of(0x1F90))).isEqualTo(0x100 + 0x20 + 1 + 2);
    assertThat(TcpQueues.held(QUEUES, Set.of(0x1F91))).isZero();
    assertThat(TcpQueues.held(QUEUES + QUEUES, Set.of(0x1F90))).isEqualTo(2 * (0x100 + 0x20 + 3));
  }

  @Test
  void theHardLimitOfFilesIsTheSecondNumber() {
    String head = "Limit                     Soft Limit           Hard Limit           Units\n";
    assertThat(OpenFiles.hardLimit(head + "Max open files            1024   20000   files\n"))
        .isEqualTo(20_000);
    assertThat(OpenFiles.hardLimit(head + "Max open files       1024  unlimited   files\n"))
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void theUsedHeapIsThatOfAllGenerationsAndNotOfClasses() {
    String metaspace = " Metaspace       used 9K, committed 9K, reserved 9K\n";
    String region = "  region size 1024K, 3 young (3072K), 1 survivors (1024K)\n";
    String g1 = " garbage-first heap   total 262144K, used 70K [0xc0000000, 0x100000000)\n";
    assertThat(HeapInfo.usedKib("1234:\n" + g1 + region + metaspace)).isEqualTo(70);
    String serial =
        """
         def new generation   total 9K, used 3K [0xc0000000, 0xc5000000, 0xca000000)
          eden space 8K,  37% used [0xc0000000, 0xc1000000, 0xc5000000)
         tenured generation   total 9K, used 5K [0xca000000, 0xcb000000, 0x100000000)
           the space 9K,  55% used [0xca000000, 0xca000000, 0xca000000, 0xcb000000)
        """;
    assertThat(HeapInfo.usedKib(serial)).isEqualTo(8);
    assertThatThrownBy(() -> HeapInfo.usedKib(metaspace)).hasMessageContaining("no heap");
  }

  @Test
  void whatThisProcessIsCanBeReadHere() throws Exception {
    ProcessTree self = new ProcessTree(ProcessHandle.current().pid());
    assertThat(self.cpuSeconds()).isPositive();
    assertThat(self.residentKib()).isGreaterThan(10_000);
    assertThat(self.proportionalKib()).isBetween(10_000L, self.residentKib() * 2);
    assertThat(self.size()).isPositive();
    assertThat(self.threadSeconds(List.of("C1 Compiler", "C2 Compiler"))).isPositive();
    assertThat(self.threadSeconds(List.of("no thread"))).isZero();
    assertThat(TcpQueues.held(Set.of(1))).isZero();
    assertThat(OpenFiles.tunnels()).isPositive();
  }

  @Test
  void aProcessThatIsGoneCountsNothing() throws Exception {
    Process process = new ProcessBuilder("true").start();
    process.waitFor();
    assertThat(new ProcessTree(process.pid()).cpuSeconds()).isZero();
    assertThat(new ProcessTree(process.pid()).size()).isZero();
  }
}
