package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.BasicCheck.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BasicCheckTest {

  private static final Map<String, BasicUser> USERS =
      Map.of("operator", new BasicUser(PasswordHash.parse(PasswordHashTest.KNOWN), Set.of("ops")));

  private final AtomicLong nanos = new AtomicLong();
  private final BasicCheck check = new BasicCheck(USERS, nanos::get);

  @Test
  void whatWasRightIsRememberedAndWhatWasWrongIsNot() {
    BasicCredentials right = new BasicCredentials("operator", "pässword");
    long first = timed(right, Result.RIGHT);
    long[] again = new long[20];
    for (int i = 0; i < again.length; i++) {
      again[i] = timed(right, Result.RIGHT);
    }
    Arrays.sort(again);
    assertThat(again[again.length / 2]).isLessThan(first / 5);
    assertThat(timed(new BasicCredentials("operator", "wrong"), Result.WRONG))
        .isGreaterThan(again[again.length / 2] * 5);
  }

  @Test
  void itIsForgottenAfterAMinute() {
    BasicCredentials right = new BasicCredentials("operator", "pässword");
    timed(right, Result.RIGHT);
    long remembered = timed(right, Result.RIGHT);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(60));
    assertThat(timed(right, Result.RIGHT)).isGreaterThan(remembered * 5);
  }

  /** The fastest of a few: nothing makes a comparison faster than it is. */
  @Test
  void aNameThatNobodyHasCostsAsMuch() {
    BasicCredentials known = new BasicCredentials("operator", "wrong");
    BasicCredentials unknown = new BasicCredentials("nobody", "wrong");
    long knownNanos = Long.MAX_VALUE;
    long unknownNanos = Long.MAX_VALUE;
    for (int i = 0; i < 8; i++) {
      knownNanos = Math.min(knownNanos, timed(known, Result.WRONG));
      unknownNanos = Math.min(unknownNanos, timed(unknown, Result.WRONG));
    }
    assertThat((double) unknownNanos / knownNanos).isBetween(0.5, 2.0);
  }

  @Test
  void aCrowdIsToldToComeAgain() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(128);
    try {
      List<Future<Result>> results = new ArrayList<>();
      for (int i = 0; i < 128; i++) {
        BasicCredentials wrong = new BasicCredentials("operator", "wrong" + i);
        results.add(threads.submit(() -> check.check(wrong)));
      }
      List<Result> all = new ArrayList<>();
      for (Future<Result> result : results) {
        all.add(result.get(60, TimeUnit.SECONDS));
      }
      assertThat(all).contains(Result.WRONG, Result.BUSY).doesNotContain(Result.RIGHT);
    } finally {
      threads.shutdownNow();
    }
  }

  private long timed(BasicCredentials credentials, Result expected) {
    long startedAt = System.nanoTime();
    assertThat(check.check(credentials)).isEqualTo(expected);
    return System.nanoTime() - startedAt;
  }
}
