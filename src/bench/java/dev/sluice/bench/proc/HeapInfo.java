package dev.sluice.bench.proc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code jcmd PID GC.heap_info} says, with whichever of OpenJDK's usual collectors. */
public final class HeapInfo {

  private static final Pattern SPACE =
      Pattern.compile(
          "^ *(?:garbage-first heap|def new generation|tenured generation|PSYoungGen|ParOldGen)"
              + ".*used (\\d+)K",
          Pattern.MULTILINE);

  private HeapInfo() {}

  /** What all generations of the heap hold, in KiB. */
  public static long usedKib(String heapInfo) {
    long used = 0;
    Matcher space = SPACE.matcher(heapInfo);
    while (space.find()) {
      used += Long.parseLong(space.group(1));
    }
    if (used == 0) {
      throw new IllegalArgumentException("no heap in: " + heapInfo);
    }
    return used;
  }
}
