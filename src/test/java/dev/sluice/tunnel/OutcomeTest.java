package dev.sluice.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.relay.EndCause;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The table that outsiders see: word, HTTP status, close code. */
class OutcomeTest {

  @ParameterizedTest
  @CsvSource({
    "bad_request, 400, 0",
    "unauthenticated, 401, 0",
    "origin_forbidden, 403, 0",
    "target_denied, 403, 4403",
    "rate_limited, 429, 4429",
    "overloaded, 503, 1013",
    "draining, 503, 1012",
    "connect_failed, 502, 4502",
    "connect_timeout, 504, 4504",
    "target_closed, 0, 1000",
    "target_reset, 0, 1011",
    "idle_timeout, 0, 4408",
    "session_limit, 0, 4408",
    "stalled, 0, 4408",
    "internal, 500, 1011"
  })
  void eachWordHasItsStatusAndItsCloseCode(String word, int status, int close) {
    Outcome outcome = Outcome.valueOf(word.toUpperCase(Locale.ROOT));
    assertThat(outcome.code()).isEqualTo(word);
    assertThat(outcome.httpStatus()).isEqualTo(status);
    assertThat(outcome.closeCode()).isEqualTo(close);
  }

  @ParameterizedTest
  @EnumSource
  void everyEndOfARelayHasACloseCode(EndCause cause) {
    assertThat(Outcome.of(cause).closeCode()).isPositive();
  }
}
