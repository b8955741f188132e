package dev.sluice.bench.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteCountTest {

  @TempDir private Path directory;

  private ByteCount count() throws IOException {
    return ByteCount.in(directory.resolve("count"));
  }

  @Test
  void whatOneAddsAnotherSeesThatMapsTheSameFile() throws Exception {
    ByteCount tool = count();
    ByteCount server = count();
    assertThat(tool.sum()).isZero();
    server.add(5_000_000_000L);
    assertThat(tool.sum()).isEqualTo(5_000_000_000L);
    assertThat(count().sum()).isEqualTo(5_000_000_000L);
  }

  @Test
  void nothingIsLostBetweenThreads() throws Exception {
    ByteCount count = count();
    List<Thread> threads = Stream.generate(() -> adding(count, 100_000)).limit(4).toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(count.sum()).isEqualTo(400_000);
  }

  private static Thread adding(ByteCount count, int times) {
    return new Thread(
        () -> {
          for (int i = 0; i < times; i++) {
            count.add(1);
          }
        });
  }
}
