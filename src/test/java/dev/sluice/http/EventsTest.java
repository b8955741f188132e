package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Http;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Watching in a servlet container that has two threads: no watcher may hold one. */
@Timeout(60)
class EventsTest {

  private EmbeddedContainer container;
  private URI address;

  @BeforeEach
  void startContainer() throws IOException {
    container = EmbeddedContainer.start();
    address = URI.create("http://" + container.authority() + "/sluice/api/events");
  }

  @AfterEach
  void stopContainer() {
    container.close();
  }

  @Test
  void whoWatchesIsShownSomethingEachSecond() throws IOException {
    try (Stream<String> lines = Http.lines(address, Map.of())) {
      assertThat(lines.limit(8).toList())
          .containsExactly(
              "retry: 2000",
              "",
              "event: sessions",
              "data: {\"sessions\":[],\"count\":0}",
              "",
              "event: sessions",
              "data: {\"sessions\":[],\"count\":0}",
              "");
    }
  }

  @Test
  void moreWatchThanThereAreThreadsAndNoMoreThanMay() throws IOException {
    List<Stream<String>> watching = new ArrayList<>();
    for (int i = 0; i < Watchers.MOST_OF_ONE; i++) {
      watching.add(Http.lines(address, Map.of()));
    }
    assertThat(watching).hasSizeGreaterThan(EmbeddedContainer.WORKERS);
    // an answer begins before whoever watches is counted
    Await.until("all are counted", () -> container.watchers.count() == Watchers.MOST_OF_ONE);
    assertThat(container.get("/sluice/api/events").isProblem(503, "overloaded")).isTrue();
    watching.forEach(Stream::close);
    Await.until("who has left is forgotten", () -> container.watchers.count() == 0);
  }
}
