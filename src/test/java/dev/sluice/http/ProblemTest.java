package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.tunnel.Outcome;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {

  @Test
  void theBodyHasTheMembersOfTheRfcAndTheCode() {
    assertThat(Problem.of(Outcome.BAD_REQUEST, "no \"port\"").toJson())
        .isEqualTo(
            "{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,"
                + "\"detail\":\"no \\\"port\\\"\",\"code\":\"bad_request\"}");
  }

  @ParameterizedTest
  @EnumSource
  void everyOutcomeWithAStatusHasABody(Outcome outcome) {
    if (outcome.httpStatus() == 0) {
      assertThatThrownBy(() -> Problem.of(outcome)).isInstanceOf(IllegalArgumentException.class);
      return;
    }
    JsonObject body =
        Json.createReader(new StringReader(Problem.of(outcome).toJson())).readObject();
    assertThat(body.getInt("status")).isEqualTo(outcome.httpStatus());
    assertThat(body.getString("code")).isEqualTo(outcome.code());
    if (outcome != Outcome.INTERNAL) {
      assertThat(body.getString("title")).isNotEqualTo("Internal Server Error");
      assertThat(body.getString("detail")).isNotEqualTo("the gateway failed");
    }
  }

  @Test
  void aDefectIsFoundInTheLogByItsId() {
    assertThat(Problem.internal("some-id").toJson()).contains("some-id", "\"code\":\"internal\"");
  }
}
