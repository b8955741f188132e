package dev.sluice.bench.capacity;

import dev.sluice.bench.proc.Descriptors;
import dev.sluice.bench.proc.HeapHistogram;
import dev.sluice.bench.proc.NativeMemory;
import dev.sluice.bench.proc.SocketMemory;
import dev.sluice.testkit.Jcmd;
import java.io.IOException;

/**
 * What a node holds at one time.
 *
 * @param heapKib live objects, after a collection
 * @param buffersKib direct buffers
 * @param jvmKib what else the JVM has committed: code, classes, threads, its collector
 * @param kernelKib TCP buffers of the whole machine, those of the tool's ends among them
 * @param descriptors that are open
 */
record Footprint(
    double heapKib, double buffersKib, double jvmKib, double kernelKib, double descriptors) {

  private static final double KIB = 1024;

  /** Of a JVM that tracks its native memory; it is collected for that. */
  static Footprint of(long pid) throws IOException {
    double heap = HeapHistogram.parse(Jcmd.histogram(pid)).total() / KIB;
    String natively = Jcmd.nativeMemory(pid);
    double buffers = NativeMemory.buffersKib(natively);
    return new Footprint(
        heap,
        buffers,
        NativeMemory.besidesHeapKib(natively) - buffers,
        SocketMemory.bytes() / KIB,
        Descriptors.of(pid));
  }

  /** What each of {@code count} has added since {@code before}. */
  Footprint each(Footprint before, int count) {
    return new Footprint(
        (heapKib - before.heapKib) / count,
        (buffersKib - before.buffersKib) / count,
        (jvmKib - before.jvmKib) / count,
        (kernelKib - before.kernelKib) / count,
        (descriptors - before.descriptors) / count);
  }
}
