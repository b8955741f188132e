package dev.sluice.frames;

import static dev.sluice.frames.ClientFrames.FIN;
import static dev.sluice.frames.ClientFrames.pattern;
import static dev.sluice.frames.ClientFrames.utf8;
import static dev.sluice.frames.Received.data;
import static dev.sluice.frames.Received.ping;
import static dev.sluice.frames.Received.pong;
import static dev.sluice.frames.Received.violation;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pings and pongs, family 2 of the Autobahn suite, and how many of them one client may send. */
class PingPongTest {

  private static final FrameLimits THREE_AT_ONCE = new FrameLimits(1, 3, 1);

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8, 124, 125})
  void aPingIsToldWithItsPayload(int length) {
    ClientFrames stream = new ClientFrames().ping(pattern(length));

    assertThat(Received.from(stream)).containsExactly(ping(pattern(length)));
    assertThat(Received.from(stream, 1)).containsExactly(ping(pattern(length)));
  }

  @Test
  void aPingMayCarryWhatIsNoText() {
    byte[] payload = ClientFrames.hex("00 ff fe fd fc fb 00 ff");

    assertThat(Received.from(new ClientFrames().ping(payload))).containsExactly(ping(payload));
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcode.PING, Opcode.PONG})
  void moreThan125BytesAreRefused(int opcode) {
    ClientFrames stream = new ClientFrames().frame(FIN | opcode, pattern(126));

    assertThat(Received.from(stream)).containsExactly(violation(1002, "control frame too long"));
  }

  @Test
  void aPongNobodyAskedForIsToldAndDoesNoHarm() {
    ClientFrames stream =
        new ClientFrames().pong(new byte[0]).pong(utf8("unasked")).ping(utf8("asked"));

    assertThat(Received.from(stream))
        .containsExactly(pong(new byte[0]), pong(utf8("unasked")), ping(utf8("asked")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1000})
  void tenPingsAreToldInTheirOrder(int chop) {
    ClientFrames stream = new ClientFrames();
    Received.Event[] expected = new Received.Event[10];
    for (int i = 0; i < 10; i++) {
      stream.ping(utf8("payload-" + i));
      expected[i] = ping(utf8("payload-" + i));
    }

    assertThat(Received.from(stream, chop)).containsExactly(expected);
  }

  @Test
  void aPingBetweenMessagesKeepsItsPlace() {
    ClientFrames stream = new ClientFrames().text("a").ping(utf8("p")).text("b").text("c");

    assertThat(Received.from(stream))
        .containsExactly(data(utf8("a")), ping(utf8("p")), data(utf8("bc")));
  }

  @Test
  void aFloodOfPingsIsRefused() {
    ClientFrames stream = new ClientFrames();
    for (int i = 0; i < 4; i++) {
      stream.ping(new byte[0]);
    }

    assertThat(Received.from(stream.bytes(), THREE_AT_ONCE, left -> left, false))
        .containsExactly(
            ping(new byte[0]),
            ping(new byte[0]),
            ping(new byte[0]),
            violation(1008, "too many control frames"));
  }

  @Test
  void theCloseFrameIsNeverOneTooMany() {
    ClientFrames stream = new ClientFrames().pong(new byte[0]).pong(new byte[0]);
    stream.pong(new byte[0]).close(1000, "");

    assertThat(Received.from(stream.bytes(), THREE_AT_ONCE, left -> left, false))
        .last()
        .isEqualTo(Received.closed(1000, ""));
  }

  @Test
  void pingsAtTheAllowedRateGoOnForEver() throws ProtocolViolation {
    AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5); // and it may wrap around
    Received received = new Received();
    FrameReader reader = new FrameReader(received, THREE_AT_ONCE, clock::get);

    for (int i = 0; i < 1_000; i++) {
      reader.read(ByteBuffer.wrap(new ClientFrames().ping(new byte[0]).bytes()));
      clock.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }

    assertThat(received.events()).hasSize(1_000).allMatch(e -> e.kind().equals("ping"));
  }

  @Test
  void aRestDoesNotSaveUpMoreThanTheBurst() {
    AtomicLong clock = new AtomicLong();
    ControlRate rate = new ControlRate(THREE_AT_ONCE, clock::get);
    clock.addAndGet(TimeUnit.DAYS.toNanos(10));

    for (int i = 0; i < 3; i++) {
      assertThat(rate.take()).isTrue();
    }
    assertThat(rate.take()).isFalse();
    clock.addAndGet(TimeUnit.SECONDS.toNanos(1) - 1);
    assertThat(rate.take()).isFalse();
    clock.incrementAndGet();
    assertThat(rate.take()).isTrue();
  }
}
