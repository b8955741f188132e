package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.ClientIdentity;
import dev.sluice.testkit.Await;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A client that watches: what it is shown when it is slow, and when it is let go. */
class WatcherTest {

  /** The container's stream, ready as often as the test says. */
  private static final class Stream extends ServletOutputStream {
    private final List<String> written = new ArrayList<>();
    private int room;
    private int flushes;

    @Override
    public boolean isReady() {
      return room > 0;
    }

    @Override
    public void write(byte[] bytes) {
      assertThat(room--).as("written without room").isPositive();
      written.add(new String(bytes, StandardCharsets.UTF_8));
    }

    @Override
    public void flush() {
      flushes++;
    }

    @Override
    public void write(int one) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException();
    }
  }

  private final Stream stream = new Stream();
  private boolean completed;
  private Watcher watcher;

  @BeforeEach
  void watch() {
    AsyncContext context =
        (AsyncContext)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {AsyncContext.class},
                (proxy, method, arguments) -> {
                  switch (method.getName()) {
                    case "start" -> ((Runnable) arguments[0]).run();
                    case "complete" -> completed = true;
                    default -> throw new UnsupportedOperationException(method.getName());
                  }
                  return null;
                });
    watcher = new Watcher(context, stream);
  }

  @Test
  void whoBeginsWhileTheGatewayClosesIsEnded() throws Exception {
    Watchers watchers = new Watchers(Thread::new);
    watchers.add(
        "127.0.0.1",
        ClientIdentity.anonymous(Set.of()),
        who -> Optional.empty(),
        () -> {
          watchers.close();
          return watcher;
        });
    assertThat(watcher.isOver()).isTrue();
    assertThat(watchers.count()).isZero();
  }

  @Test
  void whoFoundNoMemoryOnceIsShownTheNextEvent() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (Watchers watchers = new Watchers(Thread::new)) {
      watchers.add(
          "127.0.0.1",
          ClientIdentity.anonymous(Set.of()),
          who -> {
            if (asked.incrementAndGet() == 1) {
              throw new OutOfMemoryError("of this test");
            }
            return Optional.of(new byte[1]);
          },
          () -> watcher);
      Await.until("it is asked again", () -> asked.get() > 1);
    }
  }

  private void show(String event) {
    watcher.show(event.getBytes(StandardCharsets.UTF_8));
  }

  private void makeRoom(int room) {
    stream.room = room;
    watcher.onWritePossible();
  }

  @Test
  void nothingIsWrittenBeforeTheContainerCallsAndThenTheGreeting() {
    assertThat(stream.written).isEmpty();
    makeRoom(100);
    assertThat(stream.written).containsExactly("retry: 2000\n\n");
    assertThat(stream.flushes).isEqualTo(1);
    show("one");
    show("two");
    assertThat(stream.written).endsWith("one", "two");
    assertThat(stream.flushes).isEqualTo(3);
  }

  @Test
  void ofWhatASlowClientDoesNotTakeTheNewestIsKept() {
    makeRoom(1);
    show("one");
    show("two");
    show("three");
    makeRoom(100);
    assertThat(stream.written).containsExactly("retry: 2000\n\n", "three");
    assertThat(completed).isFalse();
  }

  @Test
  void whoTakesNothingIsLetGo() {
    makeRoom(1);
    for (int i = 0; i < Watcher.PATIENCE; i++) {
      show("event");
      assertThat(watcher.isOver()).isFalse();
    }
    show("one too many");
    assertThat(watcher.isOver()).isTrue();
    assertThat(completed).isTrue();
    assertThat(Thread.interrupted()).isFalse();
    show("late");
    assertThat(stream.written).hasSize(1);
  }

  @Test
  void whoTakesAllIsNeverLetGo() {
    makeRoom(1_000);
    for (int i = 0; i < 10 * Watcher.PATIENCE; i++) {
      show("event");
    }
    assertThat(watcher.isOver()).isFalse();
  }
}
