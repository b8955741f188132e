package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TlsKeysTest {

  private static Sources tls(String members) {
    return Sources.file("listen:\n  tls: {" + members + "}\n");
  }

  @Test
  void withoutAnyThereIsNoTls() {
    assertThat(Sources.none().load().listen().tls()).isEmpty();
    assertThat(Sources.file("listen: {tls: }").load().listen().tls()).isEmpty();
  }

  @Test
  void aPemCertificateHasItsKey() {
    assertThat(tls("certificate: a.pem, key: /b.pem").load().listen().tls())
        .contains(new TlsSettings.Pem(Path.of("a.pem"), Path.of("/b.pem")));
  }

  @Test
  void aKeystoreHasAPasswordOrAFileWithIt() {
    Path store = Path.of("s.p12");
    assertThat(tls("keystore: s.p12, password: x").load().listen().tls())
        .contains(new TlsSettings.Keystore(store, new Secret("x"), Optional.empty()));
    assertThat(tls("keystore: s.p12, password-file: pw").load().listen().tls())
        .contains(new TlsSettings.Keystore(store, new Secret(""), Optional.of(Path.of("pw"))));
    assertThat(tls("keystore: s.p12").load().listen().tls())
        .contains(new TlsSettings.Keystore(store, new Secret(""), Optional.empty()));
  }

  @Test
  void anEmptyPropertyTakesBackWhatTheFileGives() {
    Sources sources =
        tls("certificate: a.pem, key: b.pem")
            .property("sluice.listen.tls.certificate", "")
            .variable("SLUICE_LISTEN_TLS_KEY", "");

    assertThat(sources.load().listen().tls()).isEmpty();
  }

  @Test
  void aPropertyIsBeforeTheEnvironmentAndThatBeforeTheFile() {
    Sources sources = tls("certificate: a.pem, key: b.pem");
    sources.variable("SLUICE_LISTEN_TLS_KEY", "c.pem");
    assertThat(sources.load().listen().tls())
        .contains(new TlsSettings.Pem(Path.of("a.pem"), Path.of("c.pem")));
    sources.property("sluice.listen.tls.key", "d.pem");
    assertThat(sources.load().listen().tls())
        .contains(new TlsSettings.Pem(Path.of("a.pem"), Path.of("d.pem")));
  }

  @Test
  void pemAndKeystoreTogetherAreAProblem() {
    assertThat(tls("certificate: a.pem, key: b.pem, keystore: s.p12").problems())
        .containsExactly(
            "sluice.yaml:2 listen.tls.keystore: is given beside a PEM file; keep either the"
                + " keystore, or listen.tls.certificate and listen.tls.key");
  }

  @Test
  void oneHalfOfAPairIsAProblem() {
    assertThat(tls("certificate: a.pem").problems())
        .containsExactly(
            "sluice.yaml:2 listen.tls.certificate: has no private key beside it; name that in"
                + " listen.tls.key");
    assertThat(Sources.none().variable("SLUICE_LISTEN_TLS_KEY", "b.pem").problems())
        .containsExactly(
            "environment SLUICE_LISTEN_TLS_KEY: has no certificate beside it; name that in"
                + " listen.tls.certificate");
  }

  @Test
  void passwordsThatDoNotFitAreAllNamedWithoutBeingShown() {
    assertThat(tls("password: hunter2, password-file: pw").problems())
        .containsExactly(
            "sluice.yaml:2 listen.tls.password-file: is given beside listen.tls.password; keep one"
                + " of the two",
            "sluice.yaml:2 listen.tls.password: is there without a keystore; name that in"
                + " listen.tls.keystore, or leave it out: PEM files have no password here");
  }

  @Test
  void aPathIsOneLineWithoutControlCharacters() {
    assertThat(tls("certificate: \"a\\u001bb\", key: ' '").problems())
        .containsExactly(
            "sluice.yaml:2 listen.tls.certificate: \"a\\u001bb\" is not a path; name the file, or"
                + " leave the key out",
            "sluice.yaml:2 listen.tls.key: \" \" is not a path; name the file, or leave the key"
                + " out");
  }

  @Test
  void thePasswordIsMaskedWhereverItCouldBeSeen() {
    Configuration configuration = tls("keystore: s.p12, password: hunter2").load();

    assertThat(configuration.effective().toYaml())
        .contains(
            """
              port: 8080  # default
              tls:
                certificate: ""  # default
                key: ""  # default
                keystore: s.p12  # sluice.yaml:2
                password: "***"  # sluice.yaml:2
                password-file: ""  # default
            origins:\
            """)
        .doesNotContain("hunter2");
    assertThat(configuration.listen().toString()).doesNotContain("hunter2");
  }

  @Test
  void whatALoaderIsAskedToCheckIsReportedWithAllElse() {
    ConfigLoader loader = Sources.file("listen: {port: 0}").loader();

    assertThat(problems(loader, List.of(new Problem("there", "is wrong", "mend it"))))
        .containsExactly(
            "sluice.yaml:1 listen.port: \"0\" is out of range; write a number from 1 to 65535",
            "there: is wrong; mend it");
  }

  private static List<String> problems(ConfigLoader loader, List<Problem> more) {
    try {
      loader.load(configuration -> more);
      return List.of();
    } catch (ConfigurationException e) {
      return e.problems().stream().map(Problem::toString).toList();
    }
  }
}
