package dev.sluice.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.target.InvalidTargetException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetAddressTest {

  @ParameterizedTest
  @CsvSource({
    "/tunnel, host=db.example.com&port=22, db.example.com:22",
    "/tunnel, port=22&host=10.0.0.1&token=x, 10.0.0.1:22",
    "/api/connect, host=%31%30.0.0.1&port=%32%32, 10.0.0.1:22",
    "/tunnel, host=%5B::1%5D&port=22, [::1]:22",
    "/tunnel/pg-main, , pg-main",
    "/tunnel/pg%2Dmain, host=10.0.0.1&port=22, pg-main"
  })
  void readsTheTargetFromPathAndQuery(String path, String query, String expected) {
    assertThat(TargetAddress.parse(path, query).text()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "none|host is missing",
        "host=a.example.com|port is missing",
        "port=22|host is missing",
        "host=a.example.com&host=b.example.com&port=22|host is there twice",
        "host=a.example.com&port=22&p%6Frt=23|port is there twice",
        "host=a.example.com&port=+22|not a number",
        "host=a.example.com&port=%2|not followed by two hex digits",
        "host=a.example.com&port=%zz|not followed by two hex digits",
        "host=a%FF.example.com&port=22|not UTF-8"
      })
  void saysWhatIsWrong(String query, String words) {
    assertThatThrownBy(() -> TargetAddress.parse("/tunnel", query))
        .isInstanceOf(InvalidTargetException.class)
        .hasMessageContaining(words);
  }

  @Test
  void anyNameIsTakenSoThatUnknownOnesLookLikeDeniedOnes() {
    assertThat(TargetAddress.parse("/tunnel/no/such%20name", null).text()).isNotEmpty();
  }
}
