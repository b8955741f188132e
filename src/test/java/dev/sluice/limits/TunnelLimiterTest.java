package dev.sluice.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.limits.TunnelLimiter.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TunnelLimiterTest {

  private static final LimitSettings THREE = new LimitSettings(0, 3, 5, 0, 0, 0, 0, 0, 0);

  private static final Slot ALICE = new Slot(Limit.PER_USER, "alice");
  private static final Slot HERE = new Slot(Limit.PER_ADDRESS, "10.0.0.1");

  private final TunnelLimiter limiter = new TunnelLimiter(() -> THREE);

  private Permit granted(Slot... slots) {
    return ((Answer.Granted) limiter.take(List.of(slots))).permit();
  }

  private Limit refused(Slot... slots) {
    return ((Answer.Refused) limiter.take(List.of(slots))).why().limit();
  }

  @Property(tries = 1)
  void whatIsFullIsNamedAndNothingIsHeldForIt() {
    for (int i = 0; i < 3; i++) {
      granted(ALICE, HERE);
    }
    for (int i = 0; i < 10; i++) {
      assertThat(refused(HERE, ALICE)).isEqualTo(Limit.PER_USER);
    }
    assertThat(limiter.fullest(Limit.PER_ADDRESS)).isEqualTo(3);
  }

  @Property(tries = 1)
  void aPermitThatIsClosedTwiceComesBackOnce() {
    Permit first = granted(ALICE);
    granted(ALICE);
    first.close();
    first.close();
    assertThat(limiter.fullest(Limit.PER_USER)).isEqualTo(1);
  }

  @Property(tries = 1)
  void aTargetWhoseNameIsItsAddressCountsOnce() {
    granted(ALICE, ALICE);
    assertThat(limiter.fullest(Limit.PER_USER)).isEqualTo(1);
  }

  @Property(tries = 300)
  void neverMoreThanAllowedAndNothingLeftBehind(
      @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 7) Integer> steps) {
    TunnelLimiter tried = new TunnelLimiter(() -> THREE);
    List<Permit> open = new ArrayList<>();
    for (int step : steps) {
      if (step < 6) {
        Slot user = new Slot(Limit.PER_USER, "user " + step % 3);
        Slot address = new Slot(Limit.PER_ADDRESS, "address " + step / 3);
        if (tried.take(List.of(user, address)) instanceof Answer.Granted granted) {
          open.add(granted.permit());
        }
      } else if (!open.isEmpty()) {
        open.remove(step == 6 ? 0 : open.size() - 1).close();
      }
      assertThat(tried.fullest(Limit.PER_USER)).isLessThanOrEqualTo(3);
      assertThat(tried.fullest(Limit.PER_ADDRESS)).isLessThanOrEqualTo(5);
    }
    open.forEach(Permit::close);
    assertThat(tried.fullest(Limit.PER_USER)).isZero();
    assertThat(tried.fullest(Limit.PER_ADDRESS)).isZero();
  }

  @Property(tries = 3)
  void aHundredThreadsNeverHoldMoreThanAllowedAndGiveAllBack() throws InterruptedException {
    AtomicInteger held = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger grants = new AtomicInteger();
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Slot address = new Slot(Limit.PER_ADDRESS, "address " + i % 40);
      Thread thread =
          new Thread(
              () -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int n = 0; n < 500; n++) {
                  if (limiter.take(List.of(ALICE, address)) instanceof Answer.Granted granted) {
                    grants.incrementAndGet();
                    most.accumulateAndGet(held.incrementAndGet(), Math::max);
                    held.decrementAndGet();
                    granted.permit().close();
                    granted.permit().close();
                  }
                }
              });
      threads.add(thread);
      thread.start();
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(grants).hasPositiveValue();
    assertThat(most.get()).isLessThanOrEqualTo(3);
    assertThat(limiter.fullest(Limit.PER_USER)).isZero();
    assertThat(limiter.fullest(Limit.PER_ADDRESS)).isZero();
  }
}
