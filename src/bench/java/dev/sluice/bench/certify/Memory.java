package dev.sluice.bench.certify;

import dev.sluice.bench.proc.HeapHistogram;
import dev.sluice.bench.trial.Figures;

/**
 * What a server takes at one time.
 *
 * @param heap live objects
 * @param nativeKib what the JVM has committed besides the heap, the tunnels' buffers among it
 * @param residentKib what of all that is resident
 * @param kernelBytes TCP buffers of the whole machine: of both connections of a tunnel both ends,
 *     the tool's two among them
 */
record Memory(HeapHistogram heap, long nativeKib, long residentKib, long kernelBytes) {

  private static final double KIB = 1024;

  /** What each of {@code count} tunnels has added since {@code before}, in KiB. */
  Figures each(Memory before, int count) {
    double objects = heap.total() - before.heap.total();
    double ours = heap.of("dev.sluice.") - before.heap.of("dev.sluice.");
    return new Figures()
        .put("heap_kib_each", objects / KIB / count)
        .put("heap_ours_kib_each", ours / KIB / count)
        .put("native_kib_each", (double) (nativeKib - before.nativeKib) / count)
        .put("resident_kib_each", (double) (residentKib - before.residentKib) / count)
        .put("kernel_kib_each", (kernelBytes - before.kernelBytes) / KIB / count);
  }
}
