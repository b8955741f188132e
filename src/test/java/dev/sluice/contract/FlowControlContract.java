package dev.sluice.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.Chunking;
import dev.sluice.testkit.Metrics;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.TargetConnection;
import dev.sluice.testkit.TargetConnection.End;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * Who does not read stops who sends, through the gateway, which holds no more than its mark. What
 * kernels and servers hold on the way is theirs; the gateway's own gauge is what counts here.
 */
abstract class FlowControlContract extends GatewayContract {

  private static final BytePattern PATTERN = new BytePattern(11);

  /** More than every kernel and every server on the way can hide. */
  private static final int MUCH = 64 * MIB;

  /** One mark and one read over it. */
  private static final double BOUND = 1.1 * MIB;

  private static final Duration QUIET = Duration.ofSeconds(2);

  @Test
  void aClientThatDoesNotReadStopsTheTargetAtTheMark() throws Exception {
    TcpTarget source = keep(Targets.source(PATTERN, MUCH));
    WsClient client = openTight(source);
    TargetConnection target = source.connection();

    long atRest = Await.rest("what the target could send", QUIET, target::sent);

    assertThat(atRest).isLessThan(MUCH);
    assertThat(gateway().metric("sluice_buffered_bytes")).isBetween(1.0, BOUND);
    PatternCheck got = new PatternCheck(PATTERN);
    assertEnd(client.receiveAll(got), 1000);
    got.assertExactly(MUCH);
  }

  @Test
  void aTargetThatDoesNotReadStopsTheClientAtTheMark() throws Exception {
    PatternCheck got = new PatternCheck(PATTERN);
    CountDownLatch release = new CountDownLatch(1);
    TcpTarget stuck = keep(Targets.stuck(got, release));
    WsClient client = openTight(stuck);
    Future<?> sending =
        Background.call(
            () -> {
              client.send(PATTERN, MUCH, Chunking.whole(16 * KIB));
              client.sendClose(1000);
              return null;
            });

    long atRest = Await.rest("what the client could send", QUIET, client::sent);

    assertThat(atRest).isLessThan(MUCH);
    Metrics metrics = gateway().metrics();
    assertThat(metrics.sum("sluice_buffered_bytes")).isBetween(1.0, BOUND);
    if (fast()) {
      assertThat(metrics.sum("sluice_blocked_threads")).isZero();
    }
    release.countDown();
    Background.join(sending);
    assertEnd(client.awaitClose(), 1000);
    assertThat(stuck.connection().awaitEnd()).isEqualTo(End.FIN);
    got.assertExactly(MUCH);
  }

  @Test
  void aSlowTargetSlowsTheClientAndLosesNothing() throws Exception {
    PatternCheck got = new PatternCheck(PATTERN);
    TcpTarget slow = keep(Targets.sink(got, 16L * MIB));
    WsClient client = openTight(slow);

    client.send(PATTERN, 24 * MIB, Chunking.random(5, 256 * KIB));
    client.sendClose(1000);

    assertEnd(client.awaitClose(), 1000);
    assertThat(slow.connection().awaitEnd()).isEqualTo(End.FIN);
    got.assertExactly(24 * MIB);
  }

  @Test
  void aClientThatReadsInFitsLosesNothing() throws Exception {
    TcpTarget source = keep(Targets.source(PATTERN, MUCH));
    WsClient client = openTight(source);
    TargetConnection target = source.connection();
    PatternCheck got = new PatternCheck(PATTERN);

    for (int fit = 1; fit <= 3; fit++) {
      Await.rest("what the target could send", Duration.ofMillis(300), target::sent);
      assertThat(gateway().metric("sluice_buffered_bytes")).isLessThanOrEqualTo(BOUND);
      client.receive(got, fit * 8L * MIB);
    }

    assertEnd(client.receiveAll(got), 1000);
    got.assertExactly(MUCH);
  }

  @Test
  void oneStoppedDirectionDoesNotStopTheOther() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    PatternCheck up = new PatternCheck(PATTERN);
    TcpTarget target =
        keep(
            TcpTarget.serving(
                c -> {
                  c.send(PATTERN, 16L * MIB);
                  release.await();
                  c.receiveAll(up);
                }));
    WsClient client = openTight(target);
    Future<?> sending =
        Background.call(
            () -> {
              client.send(PATTERN, 16L * MIB, Chunking.whole(16 * KIB));
              client.sendClose(1000);
              return null;
            });
    PatternCheck down = new PatternCheck(PATTERN);

    client.receive(down, 16L * MIB);
    release.countDown();
    Background.join(sending);

    assertThat(target.connection().awaitEnd()).isEqualTo(End.FIN);
    down.assertExactly(16L * MIB);
    up.assertExactly(16L * MIB);
  }

  @Test
  void pausesAreCounted() throws Exception {
    double before = gateway().metrics().sum("sluice_paused_seconds_total", "direction", "down");
    TcpTarget source = keep(Targets.source(PATTERN, MUCH));
    openTight(source);
    Await.rest("what the target could send", QUIET, source.connection()::sent);

    assertThat(gateway().metrics().sum("sluice_paused_seconds_total", "direction", "down"))
        .isGreaterThan(before);
  }
}
