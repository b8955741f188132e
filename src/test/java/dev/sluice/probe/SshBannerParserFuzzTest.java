package dev.sluice.probe;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Any bytes at all, as the first words of whoever listens on an SSH port. */
class SshBannerParserFuzzTest {

  @FuzzTest(maxDuration = "10m")
  void anyBytesAreDecidedTheSameInAnyPieces(byte[] bytes) {
    SshBannerParser whole = new SshBannerParser();
    whole.feed(ByteBuffer.wrap(bytes));
    whole.end();
    SshBannerParser pieces = new SshBannerParser();
    for (byte b : bytes) {
      pieces.feed(ByteBuffer.wrap(new byte[] {b}));
    }
    pieces.end();

    assertThat(whole.found().isPresent()).isNotEqualTo(whole.problem().isPresent());
    assertThat(pieces.found()).isEqualTo(whole.found());
    assertThat(pieces.problem()).isEqualTo(whole.problem());
    whole.found().ifPresent(id -> assertThat(id.software()).isNotEmpty().doesNotContain(" "));
  }
}
