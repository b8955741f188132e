package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigurationPageTest {

  private static final Path PAGE = Path.of("src/site/markdown/configuration.md");

  @Test
  void theCommittedPageSaysWhatTheCodeDoes() throws IOException {
    if (Boolean.getBoolean("write-configuration-page")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, ConfigurationPage.markdown());
    }
    assertThat(Files.readString(PAGE)).isEqualTo(ConfigurationPage.markdown());
  }

  @Test
  void theExampleOnThePageIsValid() {
    String page = ConfigurationPage.markdown();
    int start = page.indexOf("```yaml\n") + 8;
    assertThat(Sources.file(page.substring(start, page.indexOf("```", start))).problems())
        .isEmpty();
  }
}
