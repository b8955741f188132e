package dev.sluice.frames;

import static dev.sluice.frames.CloseHandshake.State.CLOSED;
import static dev.sluice.frames.CloseHandshake.State.CLOSING_BY_CLIENT;
import static dev.sluice.frames.CloseHandshake.State.CLOSING_BY_US;
import static dev.sluice.frames.CloseHandshake.State.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

/** Close handshakes by the state they start from. */
class CloseHandshakeTest {

  private final CloseHandshake close = new CloseHandshake();

  @Test
  void openThenTheClientClosesAndIsAnsweredWithItsCode() {
    assertThat(close.state()).isEqualTo(OPEN);

    close.received(4001);
    assertThat(close.state()).isEqualTo(CLOSING_BY_CLIENT);
    assertThat(close.codeToEcho()).isEqualTo(4001);
    assertThat(close.isClean()).isFalse();

    close.sent();
    assertThat(close.state()).isEqualTo(CLOSED);
    assertThat(close.isClean()).isTrue();
    assertThat(close.code()).isEqualTo(4001);
  }

  @Test
  void openThenTheClientClosesWithoutACode() {
    close.received(CloseCode.NONE);

    assertThat(close.codeToEcho()).isEqualTo(CloseCode.NONE);
  }

  @Test
  void openThenWeCloseAndTheClientAnswers() {
    close.sent();
    assertThat(close.state()).isEqualTo(CLOSING_BY_US);
    assertThat(close.code()).isEqualTo(CloseCode.ABNORMAL);
    assertThat(close.isClean()).isFalse();

    close.received(1000);
    assertThat(close.state()).isEqualTo(CLOSED);
    assertThat(close.isClean()).isTrue();
    assertThat(close.code()).isEqualTo(1000);
  }

  @Test
  void openThenLost() {
    close.lost();

    assertThat(close.state()).isEqualTo(CLOSED);
    assertThat(close.isClean()).isFalse();
    assertThat(close.code()).isEqualTo(CloseCode.ABNORMAL);
  }

  @Test
  void closingByUsThenLost() {
    close.sent();
    close.lost();

    assertThat(close.state()).isEqualTo(CLOSED);
    assertThat(close.isClean()).isFalse();
  }

  @Test
  void closedThenLostStaysClean() {
    close.sent();
    close.received(1000);
    close.lost();

    assertThat(close.isClean()).isTrue();
  }

  @Test
  void oneCloseFrameOnlyGoesEachWay() {
    close.sent();
    assertThatIllegalStateException().isThrownBy(close::sent);
    close.received(1000);
    assertThatIllegalStateException().isThrownBy(close::sent);
    assertThatIllegalStateException().isThrownBy(() -> close.received(1000));
  }

  @Test
  void closingByClientTakesNoSecondCloseFrame() {
    close.received(1000);

    assertThatIllegalStateException().isThrownBy(() -> close.received(1001));
    assertThat(close.code()).isEqualTo(1000);
  }

  @Test
  void thereIsNothingToEchoUnlessTheClientCloses() {
    assertThatIllegalStateException().isThrownBy(close::codeToEcho);
    close.sent();
    assertThatIllegalStateException().isThrownBy(close::codeToEcho);
  }
}
