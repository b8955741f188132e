package dev.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientFramesTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 64, 125, 126, 16_384, 65_535, 65_536, 100_000})
  void aFrameIsReadBackAsItsPayload(int length) {
    ByteBuffer payload = ByteBuffer.allocate(length);
    Pattern.fill(Pattern.seed(1), 0, payload);
    ByteBuffer frame = ByteBuffer.allocate(length + ClientFrames.MOST_HEADER);
    ClientFrames.put(frame, ClientFrames.BINARY, payload.flip());
    frame.flip();
    assertThat(frame.remaining()).isEqualTo(length + ClientFrames.header(length));
    assertThat(frame.get()).isEqualTo((byte) 0x82);
    assertThat(length(frame)).isEqualTo(length);
    byte[] key = new byte[4];
    frame.get(key);
    assertThat(key).isNotEqualTo(new byte[4]);
    ByteBuffer unmasked = ByteBuffer.allocate(length);
    for (int i = 0; frame.hasRemaining(); i++) {
      unmasked.put((byte) (frame.get() ^ key[i % 4]));
    }
    assertThat(unmasked.flip()).isEqualTo(payload.rewind());
  }

  @Test
  void aBatchHoldsWholeMessagesAndSaysWhatArrivesOfThem() {
    Batch batch = Batch.of(1024, true);
    int each = 1024 + ClientFrames.header(1024);
    assertThat(batch.bytes().remaining()).isEqualTo(63 * each);
    assertThat(batch.payload()).isEqualTo(63 * 1024);
    for (int i = 1; i < 63; i++) {
      assertThat(batch.bytes().slice(i * each, each)).isEqualTo(batch.bytes().slice(0, each));
    }
    assertThat(Batch.of(1 << 20, true).payload()).isEqualTo(1 << 20);
    assertThat(Batch.single(64, false).bytes().remaining()).isEqualTo(64);
  }

  @Test
  void aCloseFrameCarriesItsCodeOrNothing() {
    ByteBuffer close = ClientFrames.close(1000);
    assertThat(close.remaining()).isEqualTo(8);
    assertThat((close.get(6) ^ close.get(2)) & 0xFF).isEqualTo(0x03);
    assertThat((close.get(7) ^ close.get(3)) & 0xFF).isEqualTo(0xE8);
    assertThat(ClientFrames.close(-1).remaining()).isEqualTo(6);
  }

  private static long length(ByteBuffer frame) {
    int length = frame.get() & 0xFF;
    assertThat(length & 0x80).as("masked").isEqualTo(0x80);
    return switch (length & 0x7F) {
      case 126 -> frame.getShort() & 0xFFFF;
      case 127 -> frame.getLong();
      default -> length & 0x7F;
    };
  }
}
