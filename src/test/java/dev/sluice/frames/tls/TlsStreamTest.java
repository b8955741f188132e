package dev.sluice.frames.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsStreamTest {

  private static final String TLS_1_3 = "TLSv1.3";
  private static final String TLS_1_2 = "TLSv1.2";
  private static final byte[] HELLO = {1, 2, 3};
  private static final int MUCH = 300_000;

  /** A header, and what AES-GCM adds to an empty record: more would be data. */
  private static final int ALERT = 40;

  private final TlsFixture tls = new TlsFixture(TLS_1_3);

  // The way in.

  @Test
  void whatTheServerHadDecipheredComesFirstAndIsTold() throws Exception {
    TlsFixture early = new TlsFixture(TLS_1_3, HELLO);
    assertThat(early.readables).isEqualTo(1);
    early.wire.deliver(early.peer.records(new byte[] {4}));

    assertThat(early.stream.readsInARow()).isEqualTo(Integer.MAX_VALUE);
    assertThat(early.read(2)).containsExactly(1, 2);
    assertThat(early.read(2)).containsExactly(3);
    assertThat(early.stream.readsInARow()).isEqualTo(1);
    assertThat(early.read(2)).containsExactly(4);
  }

  @Test
  void aRecordForWhichThereIsNoRoomIsHandedOutInParts() throws Exception {
    byte[] bytes = TlsFixture.pattern(16_384);
    tls.wire.deliver(tls.peer.records(bytes));

    assertThat(tls.read(10_000)).isEqualTo(Arrays.copyOf(bytes, 10_000));
    tls.stream.suspendReads();
    int told = tls.readables;
    tls.stream.resumeReads();
    assertThat(tls.readables).as("nothing but we knows of the rest").isEqualTo(told + 1);
    assertThat(tls.read(10_000)).isEqualTo(Arrays.copyOfRange(bytes, 10_000, 16_384));
  }

  @Test
  void aRecordOfWhichAPartHasComeIsNoData() throws Exception {
    byte[] record = tls.peer.records(HELLO);
    for (int i = 0; i < record.length - 1; i++) {
      tls.wire.deliver(new byte[] {record[i]});
      assertThat(tls.read(100)).isEmpty();
    }
    tls.wire.deliver(new byte[] {record[record.length - 1]});

    assertThat(tls.read(100)).isEqualTo(HELLO);
  }

  @Test
  void aRecordThatIsLongerThanTlsAllowsIsRefusedBeforeItHasCome() {
    tls.wire.deliver(new byte[] {0x17, 3, 3, (byte) 0x48, 0});

    assertThatThrownBy(tls::readAll).isInstanceOf(SSLException.class).hasMessageContaining("big");
  }

  @Test
  void recordsWithoutDataAreNotDecipheredForEver() {
    for (int i = 0; i < 100; i++) {
      tls.wire.deliver(tls.peer.newKeys());
    }
    tls.wire.joined();

    assertThatThrownBy(tls::readAll).hasMessageContaining("without data");
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_3, TLS_1_2})
  void aDamagedRecordIsAnsweredWithAnAlert(String protocol) {
    TlsFixture damaged = new TlsFixture(protocol);
    byte[] record = damaged.peer.records(HELLO);
    record[record.length - 1] ^= 1;
    damaged.wire.deliver(record);

    assertThatThrownBy(damaged::readAll).isInstanceOf(SSLException.class);
    assertThatThrownBy(damaged::deliverToClient).hasMessageContaining("bad_record_mac");
  }

  @Test
  void anAlertOfTheClientsIsAnError() throws Exception {
    tls.write(HELLO);
    byte[] record = tls.wire.takeWritten();
    record[record.length - 1] ^= 1;
    assertThatThrownBy(() -> tls.peer.receive(record)).isInstanceOf(SSLException.class);
    tls.wire.deliver(tls.peer.ownRecords());

    assertThatThrownBy(tls::readAll).hasMessageContaining("bad_record_mac");
  }

  @Test
  void aTls12ClientThatAsksForAnotherHandshakeIsRefused() {
    TlsFixture old = new TlsFixture(TLS_1_2);
    old.wire.deliver(old.peer.newKeys());

    assertThatThrownBy(old::readAll).hasMessageContaining("another handshake");
  }

  // Keys.

  @Test
  void newKeysOfTheClientsAreTakenAndAnswered() throws Exception {
    tls.wire.deliver(tls.peer.records(HELLO));
    tls.wire.deliver(tls.peer.newKeys());
    tls.wire.deliver(tls.peer.records(HELLO));
    tls.wire.joined();

    assertThat(tls.readAll()).containsExactly(1, 2, 3, 1, 2, 3);
    assertThat(tls.wire.written()).as("our own new keys").isPositive();
    assertThat(tls.write(HELLO)).isTrue();
    tls.deliverToClient();
    assertThat(tls.peer.received()).isEqualTo(HELLO);
  }

  @Test
  void ourNewKeysLeaveBeforeWhatIsSentWithThem() throws Exception {
    tls.write(HELLO);
    tls.peer.server.beginHandshake();
    tls.write(HELLO);
    tls.deliverToClient();
    tls.wire.deliver(tls.peer.ownRecords());
    tls.wire.deliver(tls.peer.records(HELLO));

    assertThat(tls.peer.received()).containsExactly(1, 2, 3, 1, 2, 3);
    assertThat(tls.readAll()).isEqualTo(HELLO);
  }

  @Test
  void nothingIsReadWhileTheAnswerToNewKeysHasNoRoom() throws Exception {
    tls.wire.room = 0;
    tls.wire.deliver(tls.peer.newKeys());
    tls.read(100);
    tls.wire.deliver(tls.peer.newKeys());
    tls.read(100); // its answer has to wait for the first one's
    for (int i = 0; i < 10; i++) {
      tls.wire.deliver(tls.peer.newKeys());
    }
    int reads = tls.wire.reads;

    assertThat(tls.read(100)).isEmpty();
    assertThat(tls.wire.reads).isEqualTo(reads);
    assertThat(tls.wire.suspended).isTrue();
    tls.stream.resumeReads();
    assertThat(tls.wire.suspended).as("that is not for the owner to say").isTrue();

    tls.wire.makeRoom(Integer.MAX_VALUE);
    assertThat(tls.wire.suspended).isFalse();
    tls.wire.deliver(tls.peer.records(HELLO));
    assertThat(tls.readAll()).isEqualTo(HELLO);
    tls.write(HELLO);
    tls.deliverToClient();
    assertThat(tls.peer.received()).isEqualTo(HELLO);
  }

  @Test
  void anAnswerThatWaitedLeavesReadsStoppedThatTheOwnerHasStopped() throws Exception {
    tls.wire.room = 0;
    tls.wire.deliver(tls.peer.newKeys());
    tls.read(100);
    tls.wire.deliver(tls.peer.newKeys());
    tls.read(100);
    tls.read(100);
    tls.stream.suspendReads();
    tls.wire.makeRoom(Integer.MAX_VALUE);

    assertThat(tls.wire.suspended).isTrue();
  }

  // The way out.

  @Test
  void headAndBodyLeaveInOrder() throws Exception {
    byte[] bytes = TlsFixture.pattern(MUCH);
    ByteBuffer head = ByteBuffer.wrap(bytes, 0, 10);

    assertThat(tls.stream.write(head, ByteBuffer.wrap(bytes, 10, MUCH - 10))).isTrue();
    tls.deliverToClient();
    assertThat(tls.peer.received()).isEqualTo(bytes);
  }

  @Test
  void aWireThatIsFullKeepsOneBatchFromItsOwner() throws Exception {
    tls.wire.room = 0;
    ByteBuffer body = ByteBuffer.wrap(TlsFixture.pattern(MUCH));

    assertThat(tls.stream.write(ByteBuffer.allocate(0), body)).isFalse();
    int taken = body.position();
    assertThat(taken).isBetween(65_536, 65_536 + 16_384);
    assertThat(tls.stream.write(ByteBuffer.allocate(0), body)).isFalse();
    assertThat(body.position()).isEqualTo(taken);

    int told = tls.writables;
    tls.wire.makeRoom(1000);
    assertThat(tls.writables).as("what it has keeps it waiting").isEqualTo(told);
    tls.wire.makeRoom(Integer.MAX_VALUE);
    assertThat(tls.writables).isEqualTo(told + 1);
    tls.deliverToClient();
    assertThat(tls.peer.received()).hasSize(taken);
  }

  @Test
  void whoDoesNotWaitIsNotToldThatHeMayWrite() throws Exception {
    int told = tls.writables;
    tls.write(HELLO);
    tls.wire.makeRoom(Integer.MAX_VALUE);

    assertThat(tls.writables).isEqualTo(told);
  }

  // The end.

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_3, TLS_1_2})
  void theClientsCloseNotifyIsTheEndAfterItsData(String protocol) throws Exception {
    TlsFixture ending = new TlsFixture(protocol);
    ending.wire.deliver(ending.peer.records(HELLO));
    ending.wire.deliver(ending.peer.closeNotify());
    ending.wire.joined();

    assertThat(ending.read(100)).isEqualTo(HELLO);
    assertThat(ending.read(100)).isNull();
    assertThat(ending.read(100)).isNull();
  }

  @Test
  void whatIsSentAfterTheClientsCloseNotifyStillReachesIt() throws Exception {
    tls.wire.deliver(tls.peer.closeNotify());
    assertThat(tls.read(100)).isNull();

    assertThat(tls.write(HELLO)).isTrue();
    tls.deliverToClient();
    assertThat(tls.peer.received()).isEqualTo(HELLO);
  }

  @Test
  void anEndInTheMiddleOfARecordIsAnEnd() throws Exception {
    byte[] record = tls.peer.records(HELLO);
    tls.wire.deliver(Arrays.copyOf(record, record.length - 1));
    tls.wire.end();

    assertThat(tls.read(100)).isEmpty();
    assertThat(tls.read(100)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {TLS_1_3, TLS_1_2})
  void ourCloseSaysCloseNotify(String protocol) throws Exception {
    TlsFixture closing = new TlsFixture(protocol);
    closing.write(HELLO);
    closing.stream.close();

    assertThat(closing.wire.closed).isTrue();
    closing.deliverToClient();
    assertThat(closing.peer.received()).isEqualTo(HELLO);
    assertThat(closing.peer.ended()).isTrue();
    assertThatThrownBy(() -> closing.write(HELLO)).isInstanceOf(ClosedChannelException.class);
  }

  @Test
  void aCloseThatTheWireHasNoRoomForClosesAllTheSame() {
    tls.wire.room = 0;
    tls.stream.close();

    assertThat(tls.wire.closed).isTrue();
  }

  @Test
  void ourHalfEndsOnceTheWireHasTakenAllThatWasLeft() throws Exception {
    tls.wire.room = 0;
    tls.write(HELLO);
    tls.stream.shutdownOutput();
    assertThat(tls.wire.outputShut).isFalse();

    tls.wire.makeRoom(ALERT);
    assertThat(tls.wire.outputShut).isFalse();
    tls.wire.makeRoom(Integer.MAX_VALUE);
    assertThat(tls.wire.outputShut).isTrue();
    tls.deliverToClient();
    assertThat(tls.peer.received()).isEqualTo(HELLO);
    assertThat(tls.peer.ended()).isTrue();
    tls.wire.deliver(tls.peer.records(HELLO));
    assertThat(tls.readAll()).as("the other half goes on").isEqualTo(HELLO);
  }

  @Test
  void anAbortSaysNothing() {
    tls.stream.abort();

    assertThat(tls.wire.aborted).isTrue();
    assertThat(tls.wire.takeWritten()).isEmpty();
  }

  @Test
  void aLostWireIsALostStream() {
    SSLException why = new SSLException("gone");
    tls.stream.lost(why);

    assertThat(tls.lost).isSameAs(why);
  }
}
