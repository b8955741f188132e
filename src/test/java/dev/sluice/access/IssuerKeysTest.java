package dev.sluice.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.ECKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A file stands for the provider's address: when it is read again is the same for both. */
class IssuerKeysTest {

  private static final ECKey FIRST = Tokens.ec("first").toPublicJWK();
  private static final ECKey SECOND = Tokens.ec("second").toPublicJWK();

  @TempDir Path directory;
  private Path file;
  private final AtomicLong nanos = new AtomicLong();
  private IssuerKeys keys;

  @BeforeEach
  void publishFirst() throws IOException {
    file = directory.resolve("keys.json");
    Files.writeString(file, Tokens.keySet(FIRST));
    keys = new IssuerKeys(new KeySource.File(file), nanos::get);
  }

  @Test
  void theKeyOfANameIsFoundAndWithoutANameAllAre() {
    assertThat(keys.candidates("first")).containsExactly(FIRST);
    assertThat(keys.candidates(null)).containsExactly(FIRST);
    assertThat(keys.candidates("other")).isEmpty();
  }

  @Test
  void anUnknownNameHasThemReadAgainButNotAtWill() throws IOException {
    keys.candidates("first");
    Files.writeString(file, Tokens.keySet(SECOND));
    nanos.addAndGet(IssuerKeys.PAUSE_NANOS - 1);
    assertThat(keys.candidates("second")).isEmpty();
    nanos.addAndGet(1);
    assertThat(keys.candidates("second")).containsExactly(SECOND);
    assertThat(keys.candidates("first")).isEmpty();
  }

  @Test
  void theyAreReadAgainWhenTheyAreOld() throws IOException {
    keys.candidates("first");
    Files.writeString(file, Tokens.keySet(SECOND));
    nanos.addAndGet(IssuerKeys.FRESH_NANOS - 1);
    assertThat(keys.candidates("first")).containsExactly(FIRST);
    nanos.addAndGet(1);
    assertThat(keys.candidates("first")).isEmpty();
  }

  @Test
  void theOldOnesHoldWhileThereAreNoNewOnesButNotForEver() throws IOException {
    keys.candidates("first");
    Files.delete(file);
    nanos.addAndGet(IssuerKeys.STALE_NANOS - 1);
    assertThat(keys.candidates("first")).containsExactly(FIRST);
    nanos.addAndGet(1);
    assertThat(keys.candidates("first")).isEmpty();
  }

  @Test
  void whatCouldNotBeReadAtFirstIsReadLater() throws IOException {
    String content = Files.readString(file);
    Files.delete(file);
    assertThat(keys.candidates("first")).isEmpty();
    Files.writeString(file, content);
    assertThat(keys.candidates("first")).isEmpty();
    nanos.addAndGet(IssuerKeys.PAUSE_NANOS);
    assertThat(keys.candidates("first")).containsExactly(FIRST);
  }

  @Test
  void weakKeysAndThoseForOtherUsesAreNone() {
    String weak = Tokens.keySet(Tokens.rsa(1_024, "weak").toPublicJWK());
    assertThatThrownBy(() -> IssuerKeys.parse(weak)).hasMessageContaining("has no RSA");
    assertThatThrownBy(() -> IssuerKeys.parse("{\"keys\":[]}")).hasMessageContaining("has no RSA");
    assertThatThrownBy(() -> IssuerKeys.parse("{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"))
        .hasMessageContaining("has no RSA");
    assertThatThrownBy(() -> IssuerKeys.parse("keys")).hasMessageContaining("is no key set");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://idp.example/keys      | neither a file nor an https address",
        "ftp://idp.example/keys       | neither a file nor an https address",
        "https:///keys                | has no plain host",
        "https://a:b@idp.example/keys | has no plain host",
        "https://idp example          | neither a path nor an address",
      })
  void keysComeFromAFileOrByTls(String text, String problem) {
    assertThatThrownBy(() -> KeySource.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void whatIsTooLongIsNotRead() throws IOException {
    Files.writeString(file, " ".repeat(KeySource.LONGEST + 1));
    assertThatThrownBy(() -> new KeySource.File(file).read())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("longer");
  }
}
