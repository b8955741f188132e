package dev.sluice.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProbeRequestTest {

  private static final String JSON = "application/json";

  @Test
  void aPingTakesItsMembers() {
    assertThat(ping("{\"host\":\"db\",\"port\":5432,\"count\":3,\"timeout\":2}"))
        .isEqualTo(new ProbeRequest("db", "5432", 3, Duration.ofSeconds(2)));
  }

  @Test
  void aPingIsOneSampleOfFiveSecondsWhereNothingElseIsSaid() {
    assertThat(ping("{\"host\":\"db\",\"port\":\"22\"}"))
        .isEqualTo(new ProbeRequest("db", "22", 1, Duration.ofSeconds(5)));
  }

  @Test
  void anSshBannerIsReadAtPort22WhereNoneIsSaid() {
    assertThat(ProbeRequest.ssh(JSON, "{\"host\":\"db\"}".getBytes(UTF_8)).port()).isEqualTo("22");
    assertThat(ProbeRequest.ssh(JSON, "{\"host\":\"db\",\"port\":2222}".getBytes(UTF_8)).port())
        .isEqualTo("2222");
  }

  @Test
  void thePortIsLeftAsWrittenForItsGrammar() {
    assertThat(ping("{\"host\":\"db\",\"port\":\"+22\"}").port()).isEqualTo("+22");
    assertThat(ping("{\"host\":\"db\",\"port\":-1}").port()).isEqualTo("-1");
    assertThat(ping("{\"host\":\"db\",\"port\":\"２２\"}").port()).isEqualTo("２２");
  }

  @ParameterizedTest
  @CsvSource({"0,1", "1,1", "30,30", "31,30", "-5,1", "5000,30", "99999999999999999999,30"})
  void theTimeoutIsClamped(String asked, int seconds) {
    assertThat(ping("{\"host\":\"h\",\"port\":1,\"timeout\":" + asked + "}").timeout())
        .isEqualTo(Duration.ofSeconds(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "21", "-1", "100", "99999999999999999999"})
  void aCountOutsideOneToTwentyIsRefused(String count) {
    assertRefused(
        "{\"host\":\"h\",\"port\":1,\"count\":" + count + "}",
        "\"count\" must be a number from 1 to 20");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"port":22}                          | member "host" is missing
          {"host":"h"}                         | member "port" is missing
          {}                                   | member "port" is missing
          {"host":null,"port":22}              | member "host" must be a string or an integer
          {"host":22,"port":22}                | member "host" must be a string
          {"host":["h"],"port":22}             | member "host" must be a string or an integer
          {"host":{"a":1},"port":22}           | member "host" must be a string or an integer
          {"host":"h","port":true}             | member "port" must be a string or an integer
          {"host":"h","port":22.0}             | member "port" must be an integer
          {"host":"h","port":2e1}              | member "port" must be an integer
          {"host":"h","port":22,"count":"1"}   | member "count" must be an integer
          {"host":"h","port":22,"count":1.5}   | member "count" must be an integer
          {"host":"h","port":22,"timeout":"5"} | member "timeout" must be an integer
          {"host":"h","port":22,"Port":22}     | member "Port" is unknown; there may be host, port, count, timeout
          {"host":"h","port":22,"é\\u0000":1}  | member "??" is unknown; there may be host, port, count, timeout
          {"host":"h","port":22,"port":23}     | member "port" is there twice
          []                                   | the body must be a JSON object
          "h:22"                               | the body must be a JSON object
          22                                   | the body must be a JSON object
          {"host":"h","port":22                | the body is not well-formed JSON
          {"host":"h","port":22}}              | the body is not well-formed JSON
          {"host":"h","port":22}{}             | the body is not well-formed JSON
          {"host":"h","port":022}              | the body is not well-formed JSON
          {'host':'h','port':22}               | the body is not well-formed JSON
          ``                                   | the body is not well-formed JSON
          """)
  void aWrongBodyIsRefusedByWhatIsWrong(String body, String detail) {
    assertRefused(body, detail);
  }

  @Test
  void anSshBannerHasNoCount() {
    assertThatThrownBy(() -> ProbeRequest.ssh(JSON, "{\"host\":\"h\",\"count\":1}".getBytes(UTF_8)))
        .hasMessage("member \"count\" is unknown; there may be host, port");
  }

  @Test
  void aBodyThatIsNotUtf8IsRefused() {
    assertThatThrownBy(() -> ProbeRequest.ping(JSON, "{\"host\":\"\u00e9\"}".getBytes(ISO_8859_1)))
        .hasMessage("the body is not UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON",
        "application/json;charset=utf-8",
        "application/json; charset=\"UTF-8\"",
        "application/json;"
      })
  void jsonMayBeNamedInTheseWays(String contentType) {
    byte[] body = "{\"host\":\"h\",\"port\":1}".getBytes(UTF_8);
    assertThat(ProbeRequest.ping(contentType, body).host()).isEqualTo("h");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/jsonp",
        "application/json, text/plain",
        "application/json; charset=utf-16",
        "text/plain; application/json",
        "multipart/form-data"
      })
  void anotherContentTypeIsRefused(String contentType) {
    byte[] body = "{\"host\":\"h\",\"port\":1}".getBytes(UTF_8);
    assertThatThrownBy(() -> ProbeRequest.ping(contentType, body))
        .isInstanceOf(RefusalException.class)
        .hasMessage("the content type must be application/json, in UTF-8");
  }

  @Test
  void aMissingContentTypeIsRefused() {
    assertThatThrownBy(() -> ProbeRequest.ping((String) null, new byte[0]))
        .isInstanceOf(RefusalException.class);
  }

  @Test
  void aPathTakesCountAndTimeoutFromTheQuery() {
    Query query = Query.parse("count=2&timeout=60", List.of("count", "timeout"));
    assertThat(ProbeRequest.ping("db:22", query))
        .isEqualTo(new ProbeRequest("db", "22", 2, Duration.ofSeconds(30)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "count=,`\"count\" must be a number from 1 to 20`",
        "count=+1,`\"count\" must be a number from 1 to 20`",
        "count=%31,`\"count\" must be a number from 1 to 20`",
        "count=٣,`\"count\" must be a number from 1 to 20`",
        "timeout=5s,`\"timeout\" must be a number of whole seconds`",
        "timeout,`\"timeout\" must be a number of whole seconds`",
        "cnt=1,`parameter \"cnt\" is unknown; there may be count, timeout`",
        "count=1&count=2,`parameter \"count\" is there twice`",
        "count=1&,`parameter \"\" is unknown; there may be count, timeout`"
      })
  void aWrongQueryIsRefusedByWhatIsWrong(String raw, String detail) {
    assertThatThrownBy(
            () -> ProbeRequest.ping("db:22", Query.parse(raw, List.of("count", "timeout"))))
        .isInstanceOf(RefusalException.class)
        .hasMessage(detail);
  }

  private static ProbeRequest ping(String body) {
    return ProbeRequest.ping(JSON, body.getBytes(UTF_8));
  }

  private static void assertRefused(String body, String detail) {
    assertThatThrownBy(() -> ping(body)).isInstanceOf(RefusalException.class).hasMessage(detail);
  }
}
