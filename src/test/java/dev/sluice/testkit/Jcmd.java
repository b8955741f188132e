package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the JDK's own tool says of a server's JVM. */
public final class Jcmd {

  private Jcmd() {}

  /** How many threads have a name that begins so. */
  public static long threads(long pid, String prefix) throws IOException {
    List<String> lines = ask(pid, "Thread.print");
    assertThat(lines).anyMatch(line -> line.contains("Full thread dump"));
    return lines.stream().filter(line -> line.startsWith('"' + prefix)).count();
  }

  /** Milliseconds of a processor that the threads have used whose names begin so. */
  public static double cpuMillis(long pid, String prefix) throws IOException {
    Pattern thread = Pattern.compile("\"" + Pattern.quote(prefix) + ".* cpu=([0-9.]+)ms .*");
    return ask(pid, "Thread.print").stream()
        .map(thread::matcher)
        .filter(Matcher::matches)
        .mapToDouble(line -> Double.parseDouble(line.group(1)))
        .sum();
  }

  /** By how many class loaders a class is loaded, after a collection of all that can go. */
  public static long copies(long pid, Class<?> type) throws IOException {
    ask(pid, "GC.run");
    return ask(pid, "VM.class_hierarchy", type.getName()).stream()
        .filter(line -> line.contains(type.getName() + "/0x"))
        .count();
  }

  /** Bytes of metaspace that classes take, as it stands. */
  public static long metaspace(long pid) throws IOException {
    Pattern used = Pattern.compile("\\s*Metaspace\\s+used (\\d+)K.*");
    return ask(pid, "GC.heap_info").stream()
        .map(used::matcher)
        .filter(Matcher::matches)
        .mapToLong(line -> Long.parseLong(line.group(1)) << 10)
        .findFirst()
        .orElseThrow(() -> new IOException("no line about metaspace"));
  }

  /** What the heap takes, as {@code GC.heap_info} has it, after a collection of all that can go. */
  public static String collectedHeap(long pid) throws IOException {
    ask(pid, "GC.run");
    return String.join("\n", ask(pid, "GC.heap_info"));
  }

  /** How many objects of exactly this class are live, after a collection of all that can go. */
  public static long instances(long pid, String className) throws IOException {
    return histogram(pid, className, "count");
  }

  /** Bytes of all live objects of exactly this class, after a collection of all that can go. */
  public static long bytes(long pid, String className) throws IOException {
    return histogram(pid, className, "bytes");
  }

  private static long histogram(long pid, String className, String figure) throws IOException {
    Pattern row =
        Pattern.compile("\\s*\\d+:\\s+(?<count>\\d+)\\s+(?<bytes>\\d+)\\s+(?<name>\\S+).*");
    return ask(pid, "GC.class_histogram").stream()
        .map(row::matcher)
        .filter(line -> line.matches() && line.group("name").equals(className))
        .mapToLong(line -> Long.parseLong(line.group(figure)))
        .sum();
  }

  /** The live objects of each class: {@code GC.class_histogram}, which collects first. */
  public static String histogram(long pid) throws IOException {
    return String.join("\n", ask(pid, "GC.class_histogram"));
  }

  /** What a JVM that tracks it takes natively: {@code VM.native_memory}, in KiB. */
  public static String nativeMemory(long pid) throws IOException {
    return String.join("\n", ask(pid, "VM.native_memory", "summary", "scale=KB"));
  }

  private static List<String> ask(long pid, String... question) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    command.add(String.valueOf(pid));
    command.addAll(List.of(question));
    Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .map(String::stripTrailing)
        .toList();
  }
}
