package dev.sluice.contract;

import static dev.sluice.contract.RefusalContract.assertProblem;
import static dev.sluice.contract.RefusalContract.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Http;
import dev.sluice.testkit.HttpReply;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators are told about a target, and nobody else is. */
abstract class ExplainContract extends GatewayContract {

  private HttpReply ask(String query, Map<String, String> who) throws IOException {
    return Http.get(gateway().http("/api/explain?" + query), who);
  }

  private JsonObject explain(String query) throws IOException {
    HttpReply reply = ask(query, Accounts.admin());
    assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
    return json(reply);
  }

  @Test
  void everyRuleAndEveryAddressIsShown() throws Exception {
    JsonObject allowed = explain("host=127.0.0.1&port=7");
    assertThat(allowed.getJsonObject("identity").getString("subject")).isEqualTo("root");
    assertThat(allowed.getBoolean("allowed")).isTrue();
    assertThat(allowed.getString("because")).startsWith("rules[1] {allow: true");
    assertThat(allowed.getJsonArray("addresses"))
        .hasToString("[{\"address\":\"127.0.0.1\",\"class\":\"loopback\"}]");
    assertThat(allowed.getJsonArray("rules")).hasSize(2);
    assertThat(allowed.getJsonArray("rules").getJsonObject(0).getString("why"))
        .isEqualTo("no address lies in one of its networks");
    JsonObject denied = explain("host=" + SuiteConfig.DENIED + "&port=7");
    assertThat(denied.getBoolean("allowed")).isFalse();
    assertThat(denied.getString("reason")).isEqualTo("deny_rule");
    assertThat(denied.getString("because")).contains("rules[0] {deny: true");
  }

  @Test
  void itSpeaksOfOtherRolesToo() throws Exception {
    assertThat(explain("name=" + Accounts.FOR_OPS).getString("reason")).isEqualTo("role");
    JsonObject other = explain("name=" + Accounts.FOR_OPS + "&roles=dba,ops");
    assertThat(other.getBoolean("allowed")).isTrue();
    assertThat(other.getJsonObject("identity").getJsonArray("roles"))
        .hasToString("[\"dba\",\"ops\"]");
  }

  @Test
  void itIsForAdministratorsAlone() throws Exception {
    assertProblem(ask("host=127.0.0.1&port=7", Accounts.operator()), 403, "forbidden");
    assertProblem(ask("host=127.0.0.1&port=7", Map.of()), 403, "forbidden");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host=127.0.0.1",
        "port=7",
        "host=127.1&port=7",
        "host=127.0.0.1&port=7&name=echo",
        "more=1",
        "host=127.0.0.1&port=7&roles=a,a",
      })
  void whatIsMalformedIsRefused(String query) throws Exception {
    assertProblem(ask(query, Accounts.admin()), 400, "bad_request");
  }
}
