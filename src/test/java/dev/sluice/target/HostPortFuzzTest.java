package dev.sluice.target;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Any text at all, where a host and a port are asked for. */
class HostPortFuzzTest {

  @FuzzTest(maxDuration = "10m")
  void anyTextIsRefusedOrMeansWhatItsOwnTextMeans(byte[] bytes) {
    HostPort parsed;
    try {
      parsed = HostPort.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (InvalidTargetException refused) {
      return;
    }

    assertThat(HostPort.parse(parsed.text())).isEqualTo(parsed);
    assertThat(parsed.text()).matches("[\\p{Graph}&&\\p{ASCII}]+");
  }
}
