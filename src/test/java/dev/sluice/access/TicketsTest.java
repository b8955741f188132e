package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class TicketsTest {

  private static final Duration LIFETIME = Duration.ofSeconds(30);
  private static final ClientIdentity ALICE =
      new ClientIdentity("alice", Set.of("ops"), ClientIdentity.Method.BASIC);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5); // the clock may wrap
  private final Tickets tickets = new Tickets(nanos::get);

  private String issue() {
    return issue("pg-main").orElseThrow();
  }

  private Optional<String> issue(String target) {
    return tickets.issue(ALICE, Requests.plain().caller(), target, LIFETIME);
  }

  @Test
  void aTicketIsLongAndNeverTheSame() {
    Set<String> all = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      all.add(issue());
    }
    assertThat(all).hasSize(50).allMatch(t -> t.matches("[A-Za-z0-9_-]{32}"));
  }

  @Test
  void itStandsForWhatItWasGivenFor() {
    Caller page = Requests.plain().header("Origin", "https://app.example").caller();
    String ticket = tickets.issue(ALICE, page, "pg-main", LIFETIME).orElseThrow();
    Tickets.Grant grant = tickets.redeem(ticket).orElseThrow();
    assertThat(grant.owner()).isEqualTo(ALICE);
    assertThat(grant.target()).isEqualTo("pg-main");
    assertThat(grant.origin()).isEqualTo("https://app.example");
    assertThat(grant.hash()).hasSize(64).doesNotContain(ticket);
  }

  @Test
  void itIsSpentByItsFirstUse() {
    String ticket = issue();
    assertThat(tickets.redeem(ticket)).isPresent();
    assertThat(tickets.redeem(ticket)).isEmpty();
  }

  @Test
  void itEndsWithItsLifetime() {
    String ticket = issue();
    String other = issue();
    nanos.addAndGet(LIFETIME.toNanos() - 1);
    assertThat(tickets.redeem(ticket)).isPresent();
    nanos.incrementAndGet();
    assertThat(tickets.redeem(other)).isEmpty();
  }

  @Test
  void whatIsNoTicketOpensNothing() {
    issue();
    for (String wrong : List.of("", "x", "A".repeat(32), "A".repeat(100_000), "ä".repeat(32))) {
      assertThat(tickets.redeem(wrong)).isEmpty();
    }
  }

  @Test
  void oneOwnerCannotTakeAllTheRoomAndGetsItBackWithTime() {
    for (int i = 0; i < Tickets.MOST_OF_ONE; i++) {
      issue();
    }
    assertThat(issue("pg-main")).isEmpty();
    Caller elsewhere = Requests.plain().from("198.51.100.9").caller();
    assertThat(tickets.issue(ALICE, elsewhere, "pg-main", LIFETIME)).isPresent();
    nanos.addAndGet(LIFETIME.toNanos());
    assertThat(issue("pg-main")).isPresent();
  }

  @Test
  void thereIsAnEndToTheRoomForAll() {
    int owners = Tickets.MOST / Tickets.MOST_OF_ONE;
    for (int owner = 0; owner < owners; owner++) {
      Caller caller = Requests.plain().from("10.0." + owner + ".1").caller();
      for (int i = 0; i < Tickets.MOST_OF_ONE; i++) {
        assertThat(tickets.issue(ALICE, caller, "pg-main", LIFETIME)).isPresent();
      }
    }
    Caller late = Requests.plain().from("10.255.0.1").caller();
    assertThat(tickets.issue(ALICE, late, "pg-main", LIFETIME)).isEmpty();
  }

  /** The race that matters, many times over: of a crowd exactly one gets in. */
  @RepeatedTest(20)
  void ofManyAtOnceExactlyOneGetsWhatItStandsFor() throws Exception {
    int crowd = 16;
    int rounds = 200;
    List<String> shown = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      Caller caller = Requests.plain().from("10.1." + i % 200 + ".1").caller();
      shown.add(tickets.issue(ALICE, caller, "pg-main", LIFETIME).orElseThrow());
    }
    CyclicBarrier together = new CyclicBarrier(crowd);
    ExecutorService threads = Executors.newFixedThreadPool(crowd);
    try {
      List<Future<Integer>> wins = new ArrayList<>();
      for (int i = 0; i < crowd; i++) {
        wins.add(
            threads.submit(
                () -> {
                  int won = 0;
                  together.await(30, TimeUnit.SECONDS);
                  for (String ticket : shown) {
                    won += tickets.redeem(ticket).isPresent() ? 1 : 0;
                  }
                  return won;
                }));
      }
      int all = 0;
      for (Future<Integer> win : wins) {
        all += win.get(30, TimeUnit.SECONDS);
      }
      assertThat(all).isEqualTo(rounds);
    } finally {
      threads.shutdownNow();
    }
  }
}
