package dev.sluice.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.audit.AuditLog;
import dev.sluice.limits.Limit;
import dev.sluice.relay.EndCause;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.tunnel.Admission.Admitted;
import jakarta.enterprise.inject.se.SeContainer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tunnels that everybody ends at once: the client by its close and by vanishing, the target by its
 * end of stream, an administrator, a changed rule, a node that goes down. Whoever is first, each
 * has one close frame, one end in the record, and gives its room back once.
 */
@Timeout(120)
class TunnelEndStressTest {

  private static final int ROUNDS = 150;
  private static final int OPENERS = 6;

  /** Who ends a tunnel, besides its target. */
  private static final List<Consumer<Tunnel>> ENDS =
      List.of(
          tunnel -> tunnel.clientClosed(1000),
          tunnel -> tunnel.clientLost("reset"),
          tunnel -> tunnel.revoke("ended by an administrator"),
          tunnel -> tunnel.end(EndCause.REVOKED),
          tunnel -> tunnel.end(EndCause.DRAINING),
          tunnel -> tunnel.received(ByteBuffer.allocate(4_096)),
          tunnel -> tunnel.pause(true));

  private final SeContainer beans = TestNode.start();
  private final TestNode node = beans.select(TestNode.class).get();
  private final TunnelService service = beans.select(TunnelService.class).get();
  private TcpTarget target;

  @BeforeEach
  void aTargetThatEndsAtSomeMoment() {
    target =
        TcpTarget.serving(
            connection -> Thread.sleep(0, ThreadLocalRandom.current().nextInt(500_000)));
  }

  @AfterEach
  void stopNode() throws Exception {
    node.stop();
    beans.close();
    target.close();
  }

  @Test
  void whoeverEndsATunnelFirstItEndsOnce() throws Exception {
    List<PortRecord> ports = new ArrayList<>();
    CyclicBarrier together = new CyclicBarrier(ENDS.size() + 1);
    Tunnel[] current = new Tunnel[1];
    List<Thread> threads = new ArrayList<>();
    for (Consumer<Tunnel> end : ENDS) {
      Thread thread = new Thread(() -> everyRound(together, () -> end.accept(current[0])));
      threads.add(thread);
      thread.start();
    }
    for (int round = 0; round < ROUNDS; round++) {
      PortRecord port = new PortRecord();
      ports.add(port);
      Admitted admitted = TestNode.admit(service, target.port());
      current[0] = service.open(admitted, Lane.STANDARD, port);
      if (round % 2 == 0) {
        Await.until("it is through", () -> node.held(Limit.PENDING_DIALS) == 0);
      }
      together.await();
      together.await();
      admitted.reservation().abandon();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEachEndedOnce(ports);
  }

  @Test
  void aNodeThatStopsAtOnceEndsEachTunnelOnce() throws Exception {
    Queue<PortRecord> ports = new ConcurrentLinkedQueue<>();
    CountDownLatch underWay = new CountDownLatch(OPENERS * 3);
    List<Future<?>> openers = new ArrayList<>();
    for (int i = 0; i < OPENERS; i++) {
      openers.add(Background.call(() -> openAndEnd(ports, underWay)));
    }
    underWay.await();
    node.loops.stop(10);
    openers.forEach(Background::join);
    assertEachEndedOnce(ports);
  }

  private Object openAndEnd(Queue<PortRecord> ports, CountDownLatch underWay) {
    for (int i = 0; i < ROUNDS / OPENERS; i++) {
      PortRecord port = new PortRecord();
      ports.add(port);
      Tunnel tunnel = service.open(TestNode.admit(service, target.port()), Lane.STANDARD, port);
      underWay.countDown();
      ENDS.get(i % ENDS.size()).accept(tunnel);
      ENDS.get((i + 1) % ENDS.size()).accept(tunnel);
    }
    return ports;
  }

  private void assertEachEndedOnce(Collection<PortRecord> ports) {
    Await.until("all room is back", () -> node.held(Limit.TUNNELS) == 0);
    assertThat(node.held(Limit.PENDING_DIALS)).isZero();
    assertThat(node.budget.used()).isZero();
    assertThat(beans.select(ActiveTunnels.class).get().count()).isZero();
    assertThat(beans.select(UserThrottles.class).get().size()).isZero();
    assertThat(ports).allSatisfy(port -> assertThat(port.closes()).isEqualTo(1));
    int tunnels = ports.size();
    Await.until("all is recorded", () -> node.audit.written() >= 1 + 2L * tunnels);
    assertThat(node.audit.last(AuditLog.KEPT))
        .filteredOn(line -> line.contains("\"event\":\"end\""))
        .extracting(line -> line.replaceFirst(".*\"id\":\"([^\"]*)\".*", "$1"))
        .hasSize(tunnels)
        .doesNotHaveDuplicates();
  }

  private static void everyRound(CyclicBarrier together, Runnable action) {
    try {
      for (int round = 0; round < ROUNDS; round++) {
        together.await();
        action.run();
        together.await();
      }
    } catch (InterruptedException | BrokenBarrierException e) {
      throw new AssertionError(e);
    }
  }
}
