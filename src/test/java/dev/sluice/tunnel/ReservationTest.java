package dev.sluice.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.limits.Limit;
import dev.sluice.limits.LimitSettings;
import dev.sluice.limits.Permit;
import dev.sluice.limits.Slot;
import dev.sluice.limits.TunnelLimiter;
import dev.sluice.limits.TunnelLimiter.Answer;
import dev.sluice.relay.IoLoops;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReservationTest {

  private static final long NEVER = TimeUnit.HOURS.toNanos(1);

  private final AtomicInteger tunnels = new AtomicInteger();
  private final AtomicInteger dials = new AtomicInteger();
  private IoLoops loops;

  @BeforeEach
  void start() throws IOException {
    loops = IoLoops.start(2, Thread::new);
  }

  @AfterEach
  void stop() {
    loops.stop(10);
  }

  private Reservation reserve(long unopenedNanos) {
    return Reservation.start(
        loops.next(), tunnels::incrementAndGet, dials::incrementAndGet, unopenedNanos);
  }

  @Test
  void whatNobodyOpensComesBackByItself() {
    Reservation reservation = reserve(1);
    while (tunnels.get() == 0) {
      Thread.onSpinWait();
    }
    assertThat(dials).hasValue(1);
    assertThat(reservation.open()).isFalse();
    reservation.close();
    assertThat(tunnels).hasValue(1);
  }

  @Test
  void whatIsAbandonedComesBackAtOnceAndCannotBeOpened() {
    Reservation reservation = reserve(NEVER);
    reservation.abandon();
    assertThat(tunnels).hasValue(1);
    assertThat(reservation.open()).isFalse();
  }

  @Test
  void anOpenTunnelKeepsItsRoomUntilItEnds() {
    Reservation reservation = reserve(NEVER);
    assertThat(reservation.open()).isTrue();
    reservation.abandon();
    assertThat(tunnels).hasValue(0);
    reservation.dialled();
    assertThat(dials).hasValue(1);
    assertThat(tunnels).hasValue(0);
    reservation.close();
    reservation.close();
    assertThat(tunnels).hasValue(1);
  }

  @Test
  void aNodeThatStopsTakesBackWhatNobodyOpened() {
    reserve(NEVER);
    reserve(NEVER);
    loops.stop(10);
    assertThat(tunnels).hasValue(2);
  }

  @Test
  void aHundredThreadsOnEveryPathGiveEveryPermitBackOnce() throws InterruptedException {
    LimitSettings settings = new LimitSettings(40, 0, 0, 0, 60, 0, 0, 0, 0);
    TunnelLimiter limiter = new TunnelLimiter(() -> settings);
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Thread thread = new Thread(() -> liveAndEnd(limiter, go));
      threads.add(thread);
      thread.start();
    }
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    loops.stop(10);
    assertThat(limiter.fullest(Limit.TUNNELS)).isZero();
    assertThat(limiter.fullest(Limit.PENDING_DIALS)).isZero();
  }

  private void liveAndEnd(TunnelLimiter limiter, CountDownLatch go) {
    try {
      go.await();
    } catch (InterruptedException e) {
      return;
    }
    for (int n = 0; n < 300; n++) {
      Permit dial = take(limiter, Limit.PENDING_DIALS);
      Permit tunnel = dial == null ? null : take(limiter, Limit.TUNNELS);
      if (tunnel == null) {
        if (dial != null) {
          dial.close();
        }
        continue;
      }
      int path = ThreadLocalRandom.current().nextInt(6);
      Reservation reservation =
          Reservation.start(loops.next(), tunnel, dial, path == 0 ? 1_000 : NEVER);
      switch (path) {
        case 0 -> {
          // its deadline races with the handshake
          if (reservation.open()) {
            reservation.close();
          }
        }
        case 1 -> reservation.abandon();
        case 2 -> {
          reservation.open();
          reservation.close();
        }
        case 3 -> {
          reservation.open();
          reservation.dialled();
          loops.next().execute(reservation::close);
          reservation.close();
        }
        case 4 -> {
          loops.next().execute(reservation::abandon);
          if (reservation.open()) {
            loops.next().execute(reservation::close);
          }
        }
        default -> {
          // nobody ever comes back to it: the node's end does
        }
      }
    }
  }

  private static Permit take(TunnelLimiter limiter, Limit limit) {
    return limiter.take(List.of(Slot.ofTheNode(limit))) instanceof Answer.Granted granted
        ? granted.permit()
        : null;
  }
}
