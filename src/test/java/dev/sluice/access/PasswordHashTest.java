package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {

  /** Of "pässword" by Python's hashlib.pbkdf2_hmac, salt 00 to 0f, 100000 rounds. */
  static final String KNOWN =
      "pbkdf2-sha256:100000:AAECAwQFBgcICQoLDA0ODw==:g78tpH4qrOvbmNdJr8tb6Yc1JFIybJqRH2zZriNsUL0=";

  /** Of "pässword" by crypt(3) of libxcrypt. */
  static final String BCRYPT = "$2b$10$abcdefghijklmnopqrstuu0y2UE7X5UDNypUhfmasP3PbPMQuqr7C";

  @ParameterizedTest
  @ValueSource(strings = {KNOWN, BCRYPT})
  void whatOtherToolsMakeIsUnderstood(String text) {
    PasswordHash hash = PasswordHash.parse(text);
    assertThat(hash.matches("pässword")).isTrue();
    assertThat(hash.matches("passwort")).isFalse();
    assertThat(hash.matches("")).isFalse();
    assertThat(hash.encoded()).isEqualTo(text);
  }

  @Test
  void aNewOneIsReadAgainAndHasASaltOfItsOwn() {
    PasswordHash hash = PasswordHash.of("hunter2");
    assertThat(hash.encoded()).startsWith("pbkdf2-sha256:600000:");
    assertThat(PasswordHash.parse(hash.encoded()).matches("hunter2")).isTrue();
    assertThat(PasswordHash.of("hunter2")).isNotEqualTo(hash);
  }

  @Test
  void itIsNotShown() {
    assertThat(PasswordHash.parse(KNOWN).toString()).doesNotContain("AAEC");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hunter2                                | is not a password hash",
        "pbkdf2-sha256:99999:AAAA:AAAA          | an iteration count outside of",
        "pbkdf2-sha256:99999999:AAAA:AAAA       | an iteration count outside of",
        "pbkdf2-sha256:600000:AAAA:AAAA         | a salt of less than 16 bytes",
        "pbkdf2-sha256:0600000:AAAA:AAAA        | is not a password hash",
        "pbkdf2-sha1:600000:AAAA:AAAA           | is not a password hash",
        "$2y$04$abcdefghijklmnopqrstuuWUnPmJJ0Ss1YJ7XkHfOFfDWz0vrVb5q | a bcrypt cost outside of",
        "$2y$31$abcdefghijklmnopqrstuuWUnPmJJ0Ss1YJ7XkHfOFfDWz0vrVb5q | a bcrypt cost outside of",
        "$1$abc$def                             | is not a password hash",
      })
  void whatIsNoSoundHashIsRefusedWithoutBeingQuoted(String text, String problem) {
    assertThatThrownBy(() -> PasswordHash.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem)
        .hasMessageContaining("; ")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain(text));
  }
}
