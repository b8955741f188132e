package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Any bytes at all, as the file of the rules and of all else. */
class ConfigFileFuzzTest {

  @FuzzTest(maxDuration = "10m")
  void anyFileIsReadOrItsProblemsAreListed(byte[] bytes) {
    try {
      Configuration configuration = Sources.bytes(bytes).loader().load();
      assertThat(configuration.effective().toYaml()).isNotEmpty();
    } catch (ConfigurationException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }
}
