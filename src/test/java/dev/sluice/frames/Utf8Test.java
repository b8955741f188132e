package dev.sluice.frames;

import static dev.sluice.frames.ClientFrames.FIN;
import static dev.sluice.frames.ClientFrames.hex;
import static dev.sluice.frames.Received.data;
import static dev.sluice.frames.Received.violation;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** UTF-8 of text messages, whole and cut anywhere: family 6 of the Autobahn suite. */
class Utf8Test {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "48 65 6c 6c 6f 2d c2 b5 40 c3 9f c3 b6 c3 a4 c3 bc c3 a0 c3 a1 2d 55 54 46 2d 38 21 21",
        "ce ba e1 bd b9 cf 83 ce bc ce b5", // κόσμε
        "00", // first of each length
        "c2 80",
        "e0 a0 80",
        "f0 90 80 80",
        "7f", // last of each length
        "df bf",
        "ef bf bf",
        "f4 8f bf bf",
        "ed 9f bf", // around the surrogates, and the last of all
        "ee 80 80",
        "ef bf bd",
        "ef bf be", // non-characters are valid
        "ef bf bf",
        "f0 9f bf be",
        "f0 9f bf bf",
        "f1 8f bf be",
        "f3 bf bf bf",
        "f4 8f bf be",
        "ef b7 90",
        "c3 a4 e2 82 ac f0 9f 8c 8d 61 62 63 64 65 66 67 68 69 6a 6b"
      })
  void validTextPassesWhereverItIsCut(String digits) {
    byte[] text = hex(digits);
    for (int cut = 0; cut <= text.length; cut++) {
      ClientFrames stream =
          new ClientFrames()
              .frame(Opcode.TEXT, Arrays.copyOf(text, cut))
              .frame(0, new byte[0])
              .frame(FIN, Arrays.copyOfRange(text, cut, text.length));

      assertThat(Received.from(stream)).containsExactly(data(text));
      assertThat(Received.from(stream, 1)).containsExactly(data(text));
    }
  }

  @ParameterizedTest
  @CsvSource({
    // κόσμε, a surrogate, "edited"; fails at the second byte of the surrogate
    "ce ba e1 bd b9 cf 83 ce bc ce b5 ed a0 80 65 64 69 74 65 64, 12",
    // beyond U+10FFFF, and five or six bytes
    "f4 90 80 80, 1",
    "f5 80 80 80, 0",
    "f7 bf bf bf, 0",
    "f8 88 80 80 80, 0",
    "fb bf bf bf bf, 0",
    "fc 84 80 80 80 80, 0",
    "fd bf bf bf bf bf, 0",
    "fe, 0",
    "ff, 0",
    "fe fe ff ff, 0",
    // lone continuation bytes
    "80, 0",
    "bf, 0",
    "80 bf 80 bf 80 bf, 0",
    "61 bf, 1",
    // lone first bytes
    "c2 20, 1",
    "df 20 df 20, 1",
    "e0 20, 1",
    "ef 20, 1",
    "f0 20, 1",
    "f4 20, 1",
    // last continuation byte missing
    "e0 a0 20, 2",
    "ef bf 20, 2",
    "f0 90 80 20, 3",
    "f4 8f bf 41, 3",
    "df c2, 1",
    // impossible and overlong
    "c0 af, 0",
    "c1 bf, 0",
    "e0 80 af, 1",
    "e0 9f bf, 1",
    "f0 80 80 af, 1",
    "f0 8f bf bf, 1",
    "c0 80, 0",
    "e0 80 80, 1",
    "f0 80 80 80, 1",
    // surrogates, single and in pairs
    "ed a0 80, 1",
    "ed ad bf, 1",
    "ed ae 80, 1",
    "ed af bf, 1",
    "ed b0 80, 1",
    "ed be 80, 1",
    "ed bf bf, 1",
    "ed a0 80 ed b0 80, 1",
    "ed af bf ed bf bf, 1",
    // behind enough ASCII for whole words
    "61 62 63 64 65 66 67 68 69 6a 6b 6c 6d 6e 6f 70 71 c3 28, 18"
  })
  void invalidTextFailsAtTheFirstWrongByte(String digits, int wrongAt) {
    byte[] text = hex(digits);
    Received.Event[] expected =
        wrongAt == 0
            ? new Received.Event[] {violation(1007, "text is not UTF-8")}
            : new Received.Event[] {
              data(Arrays.copyOf(text, wrongAt)), violation(1007, "text is not UTF-8")
            };
    // the frame is longer than what comes: nothing waits for its end
    ClientFrames begun = new ClientFrames();
    byte[] more = Arrays.copyOf(text, text.length + 100);
    byte[] stream = Arrays.copyOf(begun.frame(Opcode.TEXT, more).bytes(), 6 + wrongAt + 1);

    assertThat(Received.from(new ClientFrames().raw(stream))).containsExactly(expected);
    assertThat(Received.from(new ClientFrames().raw(stream), 1)).containsExactly(expected);
    assertThat(Received.from(new ClientFrames().fragmented(Opcode.TEXT, text, 1)))
        .containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"c2", "df", "e0", "e0 a0", "ef bf", "f0", "f0 90", "f0 90 80", "f4 8f bf"})
  void textThatEndsWithinACodePointIsRefusedAtItsEnd(String digits) {
    byte[] text = hex(digits);
    ClientFrames whole = new ClientFrames().frame(FIN | Opcode.TEXT, text);
    ClientFrames late = new ClientFrames().frame(Opcode.TEXT, text).frame(FIN, new byte[0]);

    assertThat(Received.from(whole))
        .containsExactly(data(text), violation(1007, "text is not UTF-8"));
    assertThat(Received.from(late, 1)).isEqualTo(Received.from(whole));
  }

  @Test
  void aPingWithinACodePointChangesNothing() {
    ClientFrames stream =
        new ClientFrames()
            .frame(Opcode.TEXT, hex("f0 9f"))
            .ping(hex("ff fe"))
            .frame(FIN, hex("8c 8d"));

    assertThat(Received.from(stream))
        .containsExactly(data(hex("f0 9f")), Received.ping(hex("ff fe")), data(hex("8c 8d")));
  }

  @Test
  void binaryMessagesMayCarryAnything() {
    byte[] bytes = hex("ff fe ed a0 80 c0 80 f4 90");

    assertThat(Received.from(new ClientFrames().binary(bytes).text("a").binary(bytes))).hasSize(1);
  }

  static IntStream leads() {
    return IntStream.range(0, 256);
  }

  /** The JDK's decoder is the judge; second and later bytes are those around every bound. */
  @ParameterizedTest
  @MethodSource("leads")
  void agreesWithTheJdkOnWhatMayFollow(int lead) {
    int[] bounds = {0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xff};
    List<String> wrong = new ArrayList<>();
    for (int second : bounds) {
      for (int third : bounds) {
        for (int fourth : bounds) {
          byte[] text = {(byte) lead, (byte) second, (byte) third, (byte) fourth};
          for (int length = 1; length <= text.length; length++) {
            byte[] sample = Arrays.copyOf(text, length);
            if (accepts(sample) != jdkAccepts(sample)) {
              wrong.add(Arrays.toString(sample));
            }
          }
        }
      }
    }

    assertThat(wrong).isEmpty();
  }

  private static boolean accepts(byte[] text) {
    Utf8 utf8 = new Utf8();
    return utf8.check(ByteBuffer.wrap(text), 0, text.length) == text.length && utf8.isComplete();
  }

  /** What is malformed comes back as something else. */
  private static boolean jdkAccepts(byte[] text) {
    String decoded = new String(text, StandardCharsets.UTF_8);
    return Arrays.equals(text, decoded.getBytes(StandardCharsets.UTF_8));
  }
}
