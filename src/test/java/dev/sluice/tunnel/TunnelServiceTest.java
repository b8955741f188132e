package dev.sluice.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.access.Requests;
import dev.sluice.limits.Limit;
import dev.sluice.limits.Limits;
import dev.sluice.relay.IoLoop;
import dev.sluice.relay.IoLoops;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.Targets;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.TestNode.Defect;
import jakarta.enterprise.inject.se.SeContainer;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a tunnel that a defect stops, between its admission and its first byte. */
@Timeout(60)
class TunnelServiceTest {

  private SeContainer beans;
  private TestNode node;
  private ActiveTunnels active;
  private TunnelService service;
  private TcpTarget target;
  private final PortRecord port = new PortRecord();

  @BeforeEach
  void startNode() throws IOException {
    beans = TestNode.start();
    node = beans.select(TestNode.class).get();
    active = beans.select(ActiveTunnels.class).get();
    service = beans.select(TunnelService.class).get();
    target = Targets.silent();
  }

  @AfterEach
  void stopNode() throws Exception {
    node.stop();
    beans.close();
    target.close();
  }

  private void assertNothingIsHeld() {
    Await.until("its room is back", () -> node.held(Limit.TUNNELS) == 0);
    assertThat(node.held(Limit.PENDING_DIALS)).isZero();
    assertThat(node.budget.used()).isZero();
    assertThat(active.count()).isZero();
    assertThat(beans.select(UserThrottles.class).get().size()).isZero();
  }

  private void assertRecorded(String outcome) {
    Await.until("start, decision and end", () -> node.audit.last(10).size() == 3);
    List<String> lines = node.audit.last(2);
    assertThat(lines.get(0)).contains("\"event\":\"decision\"", "\"outcome\":\"admitted\"");
    assertThat(lines.get(1)).contains("\"event\":\"end\"", "\"outcome\":\"" + outcome + "\"");
  }

  @Test
  void anAttemptThatCannotBeDecidedHasItsTwoEvents() {
    node.defect = Defect.IN_DECISION;
    assertThatThrownBy(() -> TestNode.admit(service, target.port()))
        .isInstanceOf(OutOfMemoryError.class);

    Await.until("start, decision and end", () -> node.audit.last(10).size() == 3);
    assertThat(node.audit.last(2)).allMatch(line -> line.contains("\"outcome\":\"internal\""));
    assertNothingIsHeld();
  }

  @Test
  void whatWasTakenForATunnelThatCannotBeReservedIsGivenBack() throws IOException {
    Admitted admitted = TestNode.admit(service, target.port());
    TunnelRoom withoutLoops =
        new TunnelRoom(
            beans.select(Limits.class).get(),
            beans.select(CallerLimits.class).get(),
            IoLoops.start(0, Thread::new));
    assertThatThrownBy(() -> withoutLoops.admit(admitted.request(), admitted.attempt()))
        .isInstanceOf(ArithmeticException.class);

    admitted.reservation().abandon();
    assertNothingIsHeld();
  }

  @Test
  void aTunnelThatCannotBePutTogetherHoldsNothingAndHasItsTwoEvents() {
    Admitted admitted = TestNode.admit(service, target.port());
    node.defect = Defect.IN_ASSEMBLY;
    assertThatThrownBy(() -> service.open(admitted, Lane.STANDARD, port))
        .hasMessageContaining("a defect");

    assertRecorded("internal");
    assertNothingIsHeld();
    assertThat(port.ends).containsExactly("close INTERNAL", "release");
  }

  @ParameterizedTest
  @EnumSource(names = {"BEFORE_START", "AFTER_START"})
  void aTunnelThatCannotStartEndsAsInternalAndHasItsTwoEvents(Defect defect) {
    Admitted admitted = TestNode.admit(service, target.port());
    node.defect = defect;
    Tunnel tunnel = service.open(admitted, Lane.STANDARD, port);
    tunnel.clientClosed(1000); // whatever comes late finds it ended

    assertRecorded("internal");
    assertNothingIsHeld();
    assertThat(port.ends).containsExactly("close INTERNAL");
  }

  @Test
  void aTunnelWithoutADefectHoldsItsRoomUntilItsEnd() {
    Tunnel tunnel = service.open(TestNode.admit(service, target.port()), Lane.STANDARD, port);
    Await.until("it is through", () -> tunnel.state() == Tunnel.State.OPEN);
    assertThat(node.held(Limit.TUNNELS)).isEqualTo(1);
    assertThat(node.held(Limit.PENDING_DIALS)).isZero();
    assertThat(active.count()).isEqualTo(1);

    tunnel.clientLost("gone");
    assertRecorded("client_lost");
    assertNothingIsHeld();
  }

  @Test
  void tunnelsOneAfterTheOtherLiveOnEveryLoop() {
    Set<IoLoop> loops = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      Admitted admitted = TestNode.admit(service, target.port());
      loops.add(admitted.reservation().loop());
      service.open(admitted, Lane.STANDARD, port).clientLost("gone");
    }
    assertThat(loops).hasSize(2); // as many as the node has
    assertNothingIsHeld();
  }

  @Test
  void anOpenTunnelKeepsNothingOfTheRequestThatItCameWith() {
    WeakReference<Requests> request = openFromARequest();
    Await.collected("the request", request);
    assertThat(active.count()).isEqualTo(1);
  }

  private WeakReference<Requests> openFromARequest() {
    Requests request = Requests.plain();
    service.open(TestNode.admit(service, target.port(), request), Lane.STANDARD, port);
    return new WeakReference<>(request);
  }
}
