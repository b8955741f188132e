package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerFormatTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "none                                            | TEXT",
        "*/*                                             | TEXT",
        "text/html,application/xhtml+xml,*/*;q=0.8       | TEXT",
        "text/plain                                      | TEXT",
        "application/json                                | JSON",
        "Application/JSON                                | JSON",
        "application/json, text/plain, */*               | JSON",
        "text/plain;q=0.5, application/json              | JSON",
        "text/plain, application/json;q=0.9              | TEXT",
        "application/json;q=0                            | TEXT",
        "application/json;q=nonsense                     | TEXT",
        "application/problem+json                        | TEXT"
      })
  void theAcceptHeaderDecides(String accept, AnswerFormat format) {
    assertThat(AnswerFormat.of(new Query(Map.of()), accept)).isEqualTo(format);
  }

  @Test
  void theQueryDecidesBeforeTheHeader() {
    assertThat(AnswerFormat.of(new Query(Map.of("format", "json")), "text/plain"))
        .isEqualTo(AnswerFormat.JSON);
    assertThat(AnswerFormat.of(new Query(Map.of("format", "text")), "application/json"))
        .isEqualTo(AnswerFormat.TEXT);
  }

  @Test
  void anotherFormatIsRefused() {
    assertThatThrownBy(() -> AnswerFormat.of(new Query(Map.of("format", "xml")), null))
        .isInstanceOf(RefusalException.class)
        .hasMessage("\"format\" must be json or text");
  }
}
