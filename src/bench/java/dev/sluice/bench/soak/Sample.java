package dev.sluice.bench.soak;

import dev.sluice.bench.proc.Descriptors;
import dev.sluice.bench.proc.HeapInfo;
import dev.sluice.bench.proc.NativeMemory;
import dev.sluice.bench.proc.ProcessTree;
import dev.sluice.testkit.Jcmd;
import java.io.IOException;

/**
 * What a server has at one time.
 *
 * @param seconds since the soak began
 * @param heapKib what a collection leaves
 * @param nativeKib what the JVM has committed besides the heap
 * @param residentKib resident memory in all
 */
record Sample(
    double seconds,
    double heapKib,
    double nativeKib,
    double residentKib,
    double descriptors,
    double threads) {

  /** Takes one; the server is collected for that. */
  static Sample take(long pid, long beganAt) throws IOException {
    long heap = HeapInfo.usedKib(Jcmd.collectedHeap(pid));
    return new Sample(
        (System.nanoTime() - beganAt) / 1e9,
        heap,
        NativeMemory.besidesHeapKib(Jcmd.nativeMemory(pid)),
        new ProcessTree(pid).residentKib(),
        Descriptors.of(pid),
        Descriptors.threads(pid));
  }
}
