package dev.sluice.bench.proc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code jcmd PID VM.native_memory summary} says, of a JVM that tracks it. */
public final class NativeMemory {

  private static final Pattern TOTAL =
      Pattern.compile("^Total: .*?committed=(\\d+)KB", Pattern.MULTILINE);
  private static final Pattern HEAP =
      Pattern.compile("^- *Java Heap \\(.*?committed=(\\d+)KB", Pattern.MULTILINE);

  private static final Pattern OTHER =
      Pattern.compile("^- *Other \\(.*?committed=(\\d+)KB", Pattern.MULTILINE);

  private NativeMemory() {}

  /** What the JVM has committed besides the heap, direct buffers among it, in KiB. */
  public static long besidesHeapKib(String summary) {
    return kib(TOTAL, summary) - kib(HEAP, summary);
  }

  /** What direct buffers take, in KiB: all that is reserved outside of the JVM's own accounts. */
  public static long buffersKib(String summary) {
    return OTHER.matcher(summary).find() ? kib(OTHER, summary) : 0;
  }

  private static long kib(Pattern line, String summary) {
    Matcher found = line.matcher(summary);
    if (!found.find()) {
      throw new IllegalArgumentException("native memory is not tracked: " + summary);
    }
    return Long.parseLong(found.group(1));
  }
}
