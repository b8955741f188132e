package dev.sluice.bench.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MemoryTest {

  @Test
  void theKernelsPagesAreThoseOfTcp() {
    String text =
        """
        sockets: used 19
        TCP: inuse 1 orphan 0 tw 0 alloc 1 mem 100
        UDP: inuse 0 mem 7
        """;
    assertThat(SocketMemory.bytes(text)).isEqualTo(409_600);
  }

  @Test
  void nativeIsWhatIsCommittedWithoutTheHeap() {
    String text =
        """
        Total: reserved=1790236KB, committed=230000KB
        -                 Java Heap (reserved=131072KB, committed=130000KB)
                                    (mmap: reserved=131072KB, committed=130000KB)
        -                     Class (reserved=1048864KB, committed=2400KB)
        -                     Other (reserved=4711KB, committed=4711KB)
                                    (malloc=4711KB #62)
        """;
    assertThat(NativeMemory.besidesHeapKib(text)).isEqualTo(100_000);
    assertThat(NativeMemory.buffersKib(text)).isEqualTo(4711);
  }

  @Test
  void aJvmThatDoesNotTrackItsMemorySaysSo() {
    assertThatThrownBy(() -> NativeMemory.besidesHeapKib("Native memory tracking is not enabled"))
        .hasMessageContaining("not tracked");
  }

  @Test
  void aHistogramIsSummedByClassAndByPrefix() {
    HeapHistogram histogram =
        HeapHistogram.parse(
            """
             num     #instances         #bytes  class name (module)
            -------------------------------------------------------
               1:         19443        1500000  [B (java.base@17.0.1)
               2:            10            960  dev.sluice.relay.Relay
               3:            10             40  dev.sluice.relay.Dial
            Total         19463        1501000
            """);
    assertThat(histogram.total()).isEqualTo(1_501_000);
    assertThat(histogram.of("dev.sluice.")).isEqualTo(1_000);
  }
}
