package dev.sluice.frames.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** However records are made, split and renewed, the same bytes come of them. */
class TlsSplitPropertiesTest {

  private static String protocol(boolean new13) {
    return new13 ? "TLSv1.3" : "TLSv1.2";
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void anySplitOfTheRecordsGivesTheSameBytes(
      @ForAll boolean new13,
      @ForAll @IntRange(min = 1, max = 120_000) int length,
      @ForAll @IntRange(min = 100, max = 16_384) int longestRecord,
      @ForAll @IntRange(min = 1, max = 40_000) int longestPiece,
      @ForAll @IntRange(min = 20, max = 70_000) int largestRoom,
      @ForAll Random random)
      throws IOException {
    TlsFixture tls = new TlsFixture(protocol(new13));
    byte[] bytes = TlsFixture.pattern(length);
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (int from = 0; from < length; ) {
      int n = Math.min(length - from, 1 + random.nextInt(30_000));
      byte[] part = new byte[n];
      System.arraycopy(bytes, from, part, 0, n);
      records.writeBytes(tls.peer.records(part, longestRecord));
      if (new13 && random.nextInt(4) == 0) {
        records.writeBytes(tls.peer.newKeys());
      }
      from += n;
    }
    tls.wire.deliverInPieces(records.toByteArray(), () -> 1 + random.nextInt(longestPiece));

    ByteArrayOutputStream got = new ByteArrayOutputStream();
    while (!tls.wire.isDrained() || tls.stream.readsInARow() > 1) {
      got.writeBytes(tls.read(1 + random.nextInt(largestRoom)));
    }

    assertThat(got.toByteArray()).isEqualTo(bytes);
  }

  @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
  void howeverLittleTheWireTakesTheClientGetsTheSameBytes(
      @ForAll boolean new13,
      @ForAll @IntRange(min = 1, max = 300_000) int length,
      @ForAll @IntRange(min = 1, max = 50_000) int mostRoom,
      @ForAll Random random)
      throws IOException {
    TlsFixture tls = new TlsFixture(protocol(new13));
    byte[] bytes = TlsFixture.pattern(length);
    tls.wire.room = random.nextInt(mostRoom + 1);
    int headEnd = random.nextInt(length);
    ByteBuffer head = ByteBuffer.wrap(bytes, 0, headEnd);
    ByteBuffer body = ByteBuffer.wrap(bytes, headEnd, length - headEnd);

    while (!tls.stream.write(head, body)) {
      if (new13 && random.nextInt(4) == 0) {
        tls.peer.server.beginHandshake();
      }
      int told = tls.writables;
      while (tls.writables == told) {
        tls.wire.makeRoom(1 + random.nextInt(mostRoom));
      }
      tls.deliverToClient();
    }
    tls.deliverToClient();

    assertThat(tls.peer.received()).isEqualTo(bytes);
  }
}
