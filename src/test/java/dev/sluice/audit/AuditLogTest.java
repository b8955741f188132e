package dev.sluice.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.audit.ChainCheck.Result;
import dev.sluice.testkit.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The record on disk: what is in it after a restart, a rotation, a crash and on a full disk. */
class AuditLogTest {

  private static final long LARGE = 1L << 30;

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("audit.jsonl");
  }

  private AuditSettings settings(long maxSize, int keep, boolean required) {
    return new AuditSettings(Optional.of(file), maxSize, keep, false, required, "node-1");
  }

  private AuditLog start() {
    return start(settings(LARGE, 3, false));
  }

  private static AuditLog start(AuditSettings settings) {
    return AuditLog.start(settings, Executors.defaultThreadFactory());
  }

  private static AuditEvent event(String id) {
    return AuditEvent.of("decision").put("id", id).build();
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(file);
  }

  private static Result.Whole whole(Path... files) throws IOException {
    Result result = ChainCheck.of(List.of(files));
    assertThat(result).isInstanceOf(Result.Whole.class);
    return (Result.Whole) result;
  }

  @Test
  void whatWasHandedOverIsInTheFileWhenItCloses() throws Exception {
    try (AuditLog audit = start()) {
      for (int i = 0; i < 1_000; i++) {
        audit.record(event("e" + i));
      }
    }
    assertThat(lines()).hasSize(1_001);
    assertThat(lines().get(0)).contains("\"event\":\"start\"", "\"node\":\"node-1\"");
    assertThat(lines().get(1_000)).contains("\"seq\":1001,", "\"id\":\"e999\"");
    assertThat(whole(file).lines()).isEqualTo(1_001);
  }

  @Test
  void theNewestLinesAreAtHandAsTheyStandInTheFile() throws Exception {
    try (AuditLog audit = start()) {
      for (int i = 0; i < AuditLog.KEPT + 500; i++) {
        audit.record(event("e" + i));
      }
      Await.until("all are written", () -> audit.written() == AuditLog.KEPT + 501);
      List<String> all = lines();
      assertThat(audit.last(3)).isEqualTo(all.subList(all.size() - 3, all.size()));
      assertThat(audit.last(Integer.MAX_VALUE)).hasSize(AuditLog.KEPT).endsWith(all.get(1_500));
    }
  }

  @Test
  void manyThreadsAtOnceMakeOneChain() throws Exception {
    int threads = 8;
    var pool = Executors.newFixedThreadPool(threads);
    try (AuditLog audit = start()) {
      List<Future<?>> all = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        String name = "t" + t;
        all.add(
            pool.submit(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    audit.record(event(name + "-" + i));
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(whole(file).lines()).isEqualTo(1 + threads * 500);
  }

  @Test
  void itIsItsOwnersAlone() throws Exception {
    start().close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void theChainGoesOnAfterARestart() throws Exception {
    start().close();
    start().close();
    assertThat(lines()).hasSize(2);
    assertThat(whole(file)).extracting(Result.Whole::lines, Result.Whole::first).contains(2L, 1L);
  }

  @Test
  void theChainGoesOnOverARotationAndTheOldestGoes() throws Exception {
    try (AuditLog audit = start(settings(2_000, 2, false))) {
      for (int i = 0; i < 200; i++) {
        audit.record(event("e" + i));
      }
    }
    Path first = directory.resolve("audit.jsonl.1");
    Path second = directory.resolve("audit.jsonl.2");
    assertThat(first).exists().hasSize(Files.size(first));
    assertThat(Files.size(first)).isBetween(2_000L, 2_400L);
    assertThat(directory.resolve("audit.jsonl.3")).doesNotExist();
    Result.Whole result = whole(file, second, first);
    assertThat(result.first()).isGreaterThan(1);
    assertThat(result.first() + result.lines() - 1).isEqualTo(201);
  }

  @Test
  void whatACrashToreIsCutOffAndRecorded() throws Exception {
    start().close();
    Files.writeString(file, Files.readString(file) + "{\"seq\":2,\"pr");
    assertThat(ChainCheck.of(List.of(file)))
        .isInstanceOfSatisfying(
            Result.Broken.class, broken -> assertThat(broken.line()).isEqualTo(2));
    start().close();
    assertThat(lines()).hasSize(3);
    assertThat(lines().get(1)).contains("\"event\":\"mended\"", "{\\\"seq\\\":2,\\\"pr");
    assertThat(whole(file).lines()).isEqualTo(3);
  }

  @Test
  void aFileOfSomebodyElsesIsLeftAlone() throws Exception {
    Files.writeString(file, "precious\nmore");
    try (AuditLog audit = start()) {
      Await.until("the alarm", audit::isFailing);
    }
    assertThat(file).content().isEqualTo("precious\nmore");
    Files.writeString(file, "precious\n");
    try (AuditLog audit = start()) {
      Await.until("the alarm", audit::isFailing);
    }
    assertThat(file).content().isEqualTo("precious\n");
  }

  @Test
  void aFileThatSomebodyMovedAwayIsMadeAnewAndTheChainGoesOn() throws Exception {
    Path moved = directory.resolve("moved");
    try (AuditLog audit = start()) {
      Await.until("the start is written", () -> audit.written() == 1);
      Files.move(file, moved);
      audit.record(event("after"));
    }
    assertThat(whole(moved, file).lines()).isEqualTo(2);
  }

  @Test
  void twoDoNotWriteOneFile() throws Exception {
    try (AuditLog one = start()) {
      Await.until("the start is written", () -> one.written() == 1);
      try (AuditLog two = start()) {
        Await.until("the alarm", two::isFailing);
      }
    }
    assertThat(whole(file).lines()).isEqualTo(1);
  }

  @Test
  void anUnwritableFileIsAnAlarmAndARefusalOnlyWhereConfigured() throws Exception {
    file = directory.resolve("missing").resolve("audit.jsonl");
    try (AuditLog audit = start(settings(LARGE, 3, false));
        AuditLog strict = start(settings(LARGE, 3, true))) {
      Await.until("the alarm", () -> audit.isFailing() && strict.isFailing());
      assertThat(audit.refusesTunnels()).isFalse();
      assertThat(strict.refusesTunnels()).isTrue();
    }
  }

  @Test
  void anEventThatFoundNoMemoryIsRecordedOnceThereIsSome() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Object greedy =
        new Object() {
          @Override
          public String toString() {
            return switch (asked.getAndIncrement()) {
              case 0 -> throw new OutOfMemoryError("of this test");
              case 1 -> throw new NoClassDefFoundError("for want of memory, of this test");
              default -> "enough";
            };
          }
        };
    try (AuditLog audit = start()) {
      audit.record(event("before"));
      audit.record(
          AuditEvent.of("decision").put("id", "greedy").put("answers", List.of(greedy)).build());
      audit.record(event("after"));
      Await.until("all are written", () -> audit.written() == 4);
      Await.until("the alarm is over", () -> !audit.isFailing());
    }
    assertThat(whole(file).lines()).isEqualTo(4);
    assertThat(lines().get(2)).contains("\"id\":\"greedy\"", "enough");
  }

  @Test
  void onAFullDiskEventsWaitAndWhatDoesNotFitIsCounted() throws Exception {
    assumeThat(Path.of("/dev/full")).exists();
    Files.createSymbolicLink(file, Path.of("/dev/full"));
    try (AuditLog audit = start(settings(LARGE, 3, true))) {
      Await.until("the alarm", audit::isFailing);
      int more = 100;
      for (int i = 0; i < AuditLog.ROOM + more; i++) {
        audit.record(event("e" + i));
      }
      assertThat(audit.lost()).isEqualTo(more);
      assertThat(audit.refusesTunnels()).isTrue();
      Files.delete(file); // room again
      Await.until("the alarm is over", () -> !audit.isFailing());
      assertThat(audit.refusesTunnels()).isFalse();
    }
    assertThat(whole(file).lines()).isEqualTo(1 + AuditLog.ROOM + 1);
    try (Stream<String> lines = Files.lines(file)) {
      assertThat(lines.filter(line -> line.contains("\"event\":\"lost\",\"events\":100}")))
          .hasSize(1);
    }
  }
}
