package dev.sluice.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Background;
import dev.sluice.testkit.BytePattern;
import dev.sluice.testkit.Chunking;
import dev.sluice.testkit.Gateway;
import dev.sluice.testkit.PatternCheck;
import dev.sluice.testkit.TargetConnection;
import dev.sluice.testkit.TargetConnection.End;
import dev.sluice.testkit.TcpTarget;
import dev.sluice.testkit.WsClient;
import dev.sluice.testkit.WsFrame.Close;
import dev.sluice.testkit.WsHandshake;
import dev.sluice.tunnel.Lane;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/**
 * One tunnel under one {@link Schedule}: client, faulty link, gateway, faulty link, target. What
 * holds whatever happens: each side got a prefix of what the other sent, and whoever can still hear
 * is told that it is over. What holds where nothing broke: the end is clean, and the whole of it
 * came first.
 */
final class Trial {

  private static final int BUFFER = 32 << 10;

  private final Schedule schedule;
  private final Lane lane;
  private final BytePattern upPattern;
  private final BytePattern downPattern;
  private final PatternCheck atTarget;
  private final PatternCheck atClient;
  private final CompletableFuture<End> targetEnd = new CompletableFuture<>();

  Trial(Schedule schedule, Lane lane) {
    this.schedule = schedule;
    this.lane = lane;
    this.upPattern = new BytePattern(schedule.seed());
    this.downPattern = new BytePattern(~schedule.seed());
    this.atTarget = new PatternCheck(upPattern);
    this.atClient = new PatternCheck(downPattern);
  }

  /** Runs it to its end. Any thread. */
  void run(Gateway gateway) throws IOException {
    int serving = gateway.base().getPort();
    try (TcpTarget target = TcpTarget.serving(this::playTarget, BUFFER);
        FaultyLink targetLink =
            new FaultyLink(
                ownAddress(), target.port(), schedule.targetUp(), schedule.targetDown());
        FaultyLink clientLink =
            new FaultyLink(loopback(1), serving, schedule.clientUp(), schedule.clientDown())) {
      String tunnel =
          gateway
              .tunnel(targetLink.port())
              .toString()
              .replace("host=127.0.0.1", "host=" + ownAddress().getHostAddress());
      URI throughLink = URI.create(tunnel.replace(":" + serving, ":" + clientLink.port()));
      try (WsClient client =
          WsHandshake.to(throughLink).receiveBuffer(BUFFER).sendBuffer(BUFFER).connect()) {
        Background.run("trial-sender", () -> playSender(client));
        Future<Close> close = Background.call(() -> client.receiveAll(atClient));
        judge(targetLink, close);
      }
    }
  }

  private void judge(FaultyLink targetLink, Future<Close> close) {
    if (schedule.gentle() || endsAsIfClean()) {
      Close end = Background.join(close);
      atTarget.assertIntact();
      if (schedule.clientEnds()) {
        if (!mayHaveGoneBeforeTheDial(targetLink)) {
          assertThat(Background.join(targetEnd)).isEqualTo(End.FIN);
        }
        atTarget.assertExactly(schedule.up());
      } else {
        atClient.assertExactly(schedule.gentle() ? schedule.down() : targetLink.carriedBack());
      }
      // some engines lose the code of a close that crosses a message, see GatewayContract.LOST
      assertThat(end.code()).as(end.toString()).isIn(1000, lane == Lane.FAST ? 1000 : 1006);
    } else {
      Await.until("one side is told that it is over", () -> close.isDone() || targetEnd.isDone());
      atTarget.assertIntact();
      atClient.assertIntact();
      assertThat(atTarget.count()).isLessThanOrEqualTo(schedule.up());
      assertThat(atClient.count()).isLessThanOrEqualTo(schedule.down());
    }
  }

  /**
   * On the standard lane the WebSocket is open before the target has answered. A client that closes
   * then, and has sent nothing, leaves nothing to dial for.
   */
  private boolean mayHaveGoneBeforeTheDial(FaultyLink targetLink) {
    return lane == Lane.STANDARD && schedule.up() == 0 && !targetLink.wasDialled();
  }

  /**
   * No other trial's: a tunnel that still dials when its trial is over has to find nobody, not the
   * next trial on the same port.
   */
  private InetAddress ownAddress() throws IOException {
    return loopback((1 << 16) + (int) schedule.seed());
  }

  /** The address in 127.0.0.0/8 with this number. */
  private static InetAddress loopback(int number) throws IOException {
    return InetAddress.getByAddress(
        new byte[] {127, (byte) (number >> 16), (byte) (number >> 8), (byte) number});
  }

  /** A target whose bytes are cut short by a clean end has ended cleanly, as far as one can see. */
  private boolean endsAsIfClean() {
    return schedule.targetDown().ending() == Carriage.Ending.FINISH && !schedule.clientEnds();
  }

  private void playTarget(TargetConnection connection) throws Exception {
    Future<Boolean> source = Background.call(() -> playSource(connection));
    targetEnd.complete(connection.receiveAll(atTarget));
    Background.join(source);
  }

  /** Whether all of it left. */
  private boolean playSource(TargetConnection connection) {
    try {
      connection.send(downPattern, schedule.down());
      if (!schedule.clientEnds()) {
        connection.finish();
      }
      return true;
    } catch (IOException broken) {
      return false; // what arrived is judged
    }
  }

  private void playSender(WsClient client) {
    try {
      client.send(upPattern, schedule.up(), Chunking.random(schedule.seed(), schedule.longest()));
      if (schedule.clientEnds()) {
        client.sendClose(1000);
      }
    } catch (IOException broken) {
      // what arrived is judged
    }
  }
}
