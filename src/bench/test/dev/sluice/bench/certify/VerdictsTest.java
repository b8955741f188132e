package dev.sluice.bench.certify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.ServerKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictsTest {

  @TempDir private Path target;

  private void report(String name, String cases) throws IOException {
    Path directory = Files.createDirectories(target.resolve("failsafe-reports"));
    Files.writeString(
        directory.resolve("TEST-" + name + ".xml"),
        "<?xml version=\"1.0\"?><testsuite name=\"" + name + "\">" + cases + "</testsuite>");
  }

  /** A report for each proof of a promise, of which one test had another end. */
  private void all(Promise promise, String odd, String end) throws IOException {
    for (Proof proof : promise.proofs()) {
      report(
          proof.className(ServerKind.WILDFLY),
          proof.methods().stream()
              .map(m -> "<testcase name='" + m + "'>" + (m.equals(odd) ? end : "") + "</testcase>")
              .collect(Collectors.joining()));
    }
  }

  private String verdict(Promise promise) throws IOException {
    return Verdicts.read(target).of(promise, ServerKind.WILDFLY);
  }

  @Test
  void aPromiseHoldsWhenAllItsTestsPassed() throws IOException {
    all(Promise.CHAIN, "", "");
    assertThat(verdict(Promise.CHAIN)).isEqualTo("holds");
  }

  @Test
  void oneThatFailedIsNamed() throws IOException {
    all(Promise.CHAIN, "manyTinyMessagesKeepTheirOrder", "<failure/>");
    assertThat(verdict(Promise.CHAIN))
        .isEqualTo("**fails**: WildFlyFastIT manyTinyMessagesKeepTheirOrder");
  }

  @Test
  void whatWasSkippedOrIsMissingIsNotRun() throws IOException {
    all(Promise.CHAIN, "manyTinyMessagesKeepTheirOrder", "<skipped/>");
    assertThat(verdict(Promise.CHAIN)).isEqualTo("not run: WildFlyFastIT");
    assertThat(verdict(Promise.LOOPS)).startsWith("not run: DownstreamTest");
  }

  @Test
  void oneParameterThatFailsFailsTheTest() throws IOException {
    report(
        "dev.sluice.contract.OverloadIT",
        "<testcase name='a(Lane)[1]'/><testcase name='a(Lane)[2]'><error/></testcase>");
    assertThat(verdict(Promise.MEMORY)).isEqualTo("**fails**: OverloadIT a");
  }

  @Test
  void figuresAreReadFromWhatATestPrinted() throws IOException {
    report(
        "dev.sluice.relay.FlowFiguresIT",
        "<testcase name='a'><system-out><![CDATA[median 0.61 ms]]></system-out></testcase>");
    assertThat(Verdicts.read(target).said(Pattern.compile("median ([0-9.]+) ms"))).contains("0.61");
  }
}
