package dev.sluice.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameSkimmerTest {

  private final ByteBuffer data = ByteBuffer.allocate(200_000);
  private final List<String> controls = new ArrayList<>();
  private final FrameSkimmer skimmer =
      new FrameSkimmer(
          new FrameSkimmer.Listener() {
            @Override
            public void data(ByteBuffer bytes, int from, int length) {
              data.put(bytes.duplicate().position(from).limit(from + length));
            }

            @Override
            public void control(int opcode, ByteBuffer payload) {
              controls.add(opcode + ":" + payload.remaining());
            }
          });

  @Test
  void dataIsFoundBetweenHeadersWhereverTheyAreCut() throws Exception {
    ByteBuffer wire = ByteBuffer.allocate(150_000);
    ByteBuffer payload = ByteBuffer.allocate(125 + 126 + 70_000);
    Pattern.fill(Pattern.seed(3), 0, payload);
    frame(wire, 0x02, payload.slice(0, 125));
    frame(wire, 0x89, ByteBuffer.allocate(4));
    frame(wire, 0x00, payload.slice(125, 126));
    frame(wire, 0x80, payload.slice(251, 70_000));
    frame(wire, 0x8A, ByteBuffer.allocate(0));
    frame(wire, 0x88, ByteBuffer.allocate(125));
    wire.flip();
    for (int piece : new int[] {1, 2, 7, 1000, 150_000}) {
      data.clear();
      controls.clear();
      long framesBefore = skimmer.frames();
      for (int at = 0; at < wire.limit(); at += piece) {
        skimmer.accept(wire.slice(at, Math.min(piece, wire.limit() - at)));
      }
      assertThat(data.flip()).isEqualTo(payload.rewind().limit(payload.capacity()));
      assertThat(controls).containsExactly("9:4", "10:0", "8:125");
      assertThat(skimmer.frames() - framesBefore).isEqualTo(3);
    }
  }

  @Test
  void whatAServerMustNotSendIsAnError() {
    for (int[] header :
        new int[][] {
          {0x82, 0x81}, {0xC2, 1}, {0x83, 1}, {0x8B, 0}, {0x09, 1}, {0x89, 126, 0, 126}
        }) {
      ByteBuffer wire = ByteBuffer.allocate(8);
      for (int octet : header) {
        wire.put((byte) octet);
      }
      FrameSkimmer fresh = new FrameSkimmer(null);
      assertThatThrownBy(() -> fresh.accept(wire.flip())).isInstanceOf(ProtocolException.class);
    }
  }

  private static void frame(ByteBuffer wire, int first, ByteBuffer payload) {
    int length = payload.remaining();
    wire.put((byte) first);
    if (length < 126) {
      wire.put((byte) length);
    } else if (length < 65_536) {
      wire.put((byte) 126).putShort((short) length);
    } else {
      wire.put((byte) 127).putLong(length);
    }
    wire.put(payload);
  }
}
