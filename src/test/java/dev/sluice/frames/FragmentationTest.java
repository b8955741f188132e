package dev.sluice.frames;

import static dev.sluice.frames.ClientFrames.FIN;
import static dev.sluice.frames.ClientFrames.utf8;
import static dev.sluice.frames.Received.data;
import static dev.sluice.frames.Received.ping;
import static dev.sluice.frames.Received.pong;
import static dev.sluice.frames.Received.violation;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fragments, with control frames between them: family 5 of the Autobahn suite, and our limits. */
class FragmentationTest {

  private static final byte[] A = utf8("fragment1");
  private static final byte[] B = utf8("fragment2");
  private static final byte[] BOTH = utf8("fragment1fragment2");
  private static final byte[] NONE = new byte[0];

  private static ClientFrames started(int opcode) {
    return new ClientFrames().frame(opcode, A);
  }

  private static void assertReceived(ClientFrames stream, Received.Event... expected) {
    assertThat(Received.from(stream)).containsExactly(expected);
    assertThat(Received.from(stream, 1)).containsExactly(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcode.TEXT, Opcode.BINARY})
  void twoFragmentsAreOnePayload(int opcode) {
    assertReceived(started(opcode).frame(FIN, B), data(BOTH));
  }

  @Test
  void controlFramesComeBetweenFragments() {
    ClientFrames stream = started(Opcode.TEXT).ping(A).frame(0, B).pong(B).ping(NONE).frame(FIN, A);

    assertReceived(stream, data(A), ping(A), data(B), pong(B), ping(NONE), data(A));
  }

  @Test
  void emptyFragmentsAreFine() {
    ClientFrames stream = new ClientFrames().frame(Opcode.TEXT, NONE).frame(0, A).frame(FIN, NONE);

    assertReceived(stream.frame(Opcode.BINARY, NONE).frame(0, NONE).frame(FIN, B), data(BOTH));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, FIN})
  void aContinuationOfNothingIsRefused(int first) {
    assertReceived(
        new ClientFrames().frame(first, A).text("b"), violation(1002, "continuation of nothing"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, FIN})
  void aContinuationAfterTheLastFragmentIsRefused(int first) {
    assertReceived(
        started(Opcode.TEXT).frame(FIN, B).frame(first, A),
        data(BOTH),
        violation(1002, "continuation of nothing"));
  }

  @ParameterizedTest
  @ValueSource(ints = {Opcode.TEXT, Opcode.BINARY, FIN | Opcode.TEXT, FIN | Opcode.BINARY})
  void aMessageWithinAMessageIsRefused(int first) {
    assertReceived(
        started(Opcode.TEXT).frame(first, B), data(A), violation(1002, "message within a message"));
  }

  @Test
  void aMessageOfMoreFragmentsThanAllowedIsRefused() {
    FrameLimits three = new FrameLimits(1, 1, 3);
    ClientFrames fine = started(Opcode.BINARY).frame(0, A).frame(FIN, B).frame(Opcode.BINARY, A);
    byte[] one = {'x'};
    ClientFrames tooMany =
        new ClientFrames().frame(Opcode.BINARY, one).frame(0, one).frame(0, one).frame(0, one);

    assertThat(Received.from(fine.bytes(), three, left -> left, false)).hasSize(1);
    assertThat(Received.from(tooMany.bytes(), three, left -> left, false))
        .containsExactly(data(utf8("xxx")), violation(1009, "too many fragments"));
  }

  @Test
  void aMessageInMoreThanAThousandFragmentsOfAByteIsRefused() {
    ClientFrames stream = new ClientFrames().frame(Opcode.BINARY, new byte[] {'x'});
    for (int i = 1; i < 1_200; i++) {
      stream.frame(0, new byte[] {'x'});
    }

    int most = 1_024 + 1_024 / 16 + 4; // each 16 of them make up for one
    assertThat(Received.from(stream, 16_384))
        .containsExactly(data(utf8("x".repeat(most))), violation(1009, "too many fragments"));
  }

  @Test
  void fragmentsThatCarrySomethingMayBeAnyNumber() {
    byte[] payload = ClientFrames.pattern(16 * 20_000);

    assertThat(Received.from(new ClientFrames().fragmented(Opcode.BINARY, payload, 16), 16_384))
        .isEqualTo(List.of(data(payload)));
  }

  @Test
  void aMillionEmptyContinuationsAreRefused() {
    ClientFrames stream = started(Opcode.BINARY);
    for (int i = 0; i < 1_000_000; i++) {
      stream.frame(0, NONE);
    }

    assertThat(Received.from(stream, 16_384))
        .containsExactly(data(A), violation(1008, "too many empty frames"));
  }

  @Test
  void aMillionEmptyMessagesAreRefused() {
    ClientFrames stream = new ClientFrames();
    for (int i = 0; i < 1_000_000; i++) {
      stream.binary(NONE);
    }

    assertThat(Received.from(stream, 16_384))
        .containsExactly(violation(1008, "too many empty frames"));
  }

  @Test
  void anEmptyFragmentAtTheEndOfEveryMessageIsNoFlood() {
    FrameLimits one = new FrameLimits(1, 1, 3);
    ClientFrames stream = new ClientFrames();
    for (int i = 0; i < 10_000; i++) {
      stream.frame(Opcode.BINARY, new byte[] {'x'}).frame(FIN, NONE);
    }

    assertThat(Received.from(stream.bytes(), one, left -> left, false))
        .isEqualTo(List.of(data(utf8("x".repeat(10_000)))));
  }
}
