package dev.sluice.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void whatHasNoMessageIsCalledByItsKind() {
    assertThat(Failures.describe(new IOException("Connection reset")))
        .isEqualTo("Connection reset");
    assertThat(Failures.describe(new ClosedChannelException())).isEqualTo("ClosedChannelException");
  }

  @Test
  void aBrokenPipeIsKnownByTheJdksWords() {
    assertThat(Failures.isBrokenPipe(new IOException("Broken pipe"))).isTrue();
    assertThat(Failures.isBrokenPipe(new IOException("Connection reset"))).isFalse();
    assertThat(Failures.isBrokenPipe(new ClosedChannelException())).isFalse();
  }
}
