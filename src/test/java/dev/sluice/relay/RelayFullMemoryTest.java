package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Await;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A relay for which somebody else in the JVM has left no memory, nor for a report of that. */
@Timeout(60)
class RelayFullMemoryTest extends RelayFixture {

  private static final RelaySettings WATCHED =
      Settings.of(
          SETTINGS,
          s -> {
            s.idleTimeout = Duration.ofSeconds(30);
            s.ping = Duration.ofMillis(100);
          });

  private static final class FullLog extends Handler {
    @Override
    public void publish(LogRecord what) {
      throw new OutOfMemoryError("of this test, in a report");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private final Logger logger = Logger.getLogger("dev.sluice.relay");
  private final Handler fullLog = new FullLog();
  private final AtomicInteger unheard = new AtomicInteger();

  @BeforeEach
  void fillTheLog() {
    logger.addHandler(fullLog);
  }

  @AfterEach
  void restoreTheLog() {
    logger.removeHandler(fullLog);
  }

  @Override
  public void ended(EndCause why, String detail) {
    if (unheard.getAndDecrement() > 0) {
      throw new OutOfMemoryError("of this test, at the end");
    }
    super.ended(why, detail);
  }

  /** The first message of the target is lost on its way to the client. */
  private static final class LosingPort implements WebSocketPort {
    private final FakePort port;
    private final AtomicInteger losses = new AtomicInteger(1);

    private LosingPort(FakePort port) {
      this.port = port;
    }

    @Override
    public boolean canSendNow() {
      return true;
    }

    @Override
    public void sendNow(ByteBuffer message) {
      if (losses.getAndDecrement() > 0) {
        throw new OutOfMemoryError("of this test, in a send");
      }
      byte[] bytes = new byte[message.remaining()];
      message.get(bytes);
      port.sent.writeBytes(bytes);
    }

    @Override
    public void send(ByteBuffer message, SendCompletion completion) {
      port.send(message, completion);
    }

    @Override
    public void pauseReceiving() {
      port.pauseReceiving();
    }

    @Override
    public void resumeReceiving() {
      port.resumeReceiving();
    }

    @Override
    public boolean ping(long id) {
      return port.ping(id);
    }

    @Override
    public void close(EndCause cause) {
      port.close(cause);
    }

    @Override
    public void release() {
      port.release();
    }
  }

  @Override
  void make(RelaySettings settings) {
    relay =
        new Relay(
            loops.next(),
            new Downstream(pool, settings),
            new Upstream(pool, settings),
            new LosingPort(port),
            settings,
            this);
    port.onPing = relay::ponged;
  }

  @Test
  void whereBytesOfTheTargetWereLostNoneFollowsAndTheTunnelEnds() throws Exception {
    unheard.set(3);
    open(WATCHED);
    target.getOutputStream().write(1);
    writeUntilReset();

    assertEndedOnceBy(EndCause.INTERNAL);
    assertThat(port.received()).isEmpty();
  }

  @Test
  void anEndThatNobodyHadMemoryToHearIsToldAgain() throws Exception {
    unheard.set(3);
    open(WATCHED);
    relay.abort(EndCause.REVOKED, null);

    assertEndedOnceBy(EndCause.REVOKED);
    assertThat(unheard.get()).isNegative();
  }

  private void writeUntilReset() {
    Await.until(
        "the target is reset",
        () -> {
          try {
            target.getOutputStream().write(2);
            return false;
          } catch (IOException reset) {
            return true;
          }
        });
  }
}
