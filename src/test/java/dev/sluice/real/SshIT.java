package dev.sluice.real;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Ports;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** OpenSSH through the gateway, the tunnel as its {@code ProxyCommand}. */
@ExtendWith(Gateways.class)
class SshIT {

  private static final int BIG_MEBIBYTES = 200;

  @TempDir static Path dir;
  private static Sshd sshd;
  private static Path original;
  private static String checksum;

  @BeforeAll
  static void startSshd() throws Exception {
    sshd = new Sshd(dir);
    original = Payload.file(dir, BIG_MEBIBYTES);
    checksum = Payload.sha256(original);
  }

  @AfterAll
  static void stopSshd() {
    if (sshd != null) {
      sshd.close();
    }
  }

  private static URI tunnel(Place place) throws Exception {
    return Gateways.of(place).tunnel(sshd.port());
  }

  @AtEachPlace
  void scpCarriesABigFileEachWayUnchanged(Place place) throws Exception {
    Path there = dir.resolve("there-" + place);
    Path back = dir.resolve("back-" + place);

    Program.run(dir, sshd.scp(tunnel(place), original.toString(), "target:" + there)).succeeded();
    assertThat(Payload.sha256(there)).isEqualTo(checksum);
    Program.run(dir, sshd.scp(tunnel(place), "target:" + there, back.toString())).succeeded();
    assertThat(Payload.sha256(back)).isEqualTo(checksum);

    Files.delete(there);
    Files.delete(back);
  }

  @AtEachPlace
  void aCommandReadsItsInputToTheEndAndAnswers(Place place) throws Exception {
    Path input = Files.writeString(dir.resolve("input-" + place), "from the client\n");

    Program.Ended ended =
        Program.run(dir, sshd.ssh(tunnel(place), "echo from the target; cat"), input).succeeded();

    assertThat(ended.text()).isEqualTo("from the target\nfrom the client");
    assertThat(ended.error()).isEmpty();
  }

  @AtEachPlace
  void exitStatusAndStandardErrorComeBack(Place place) throws Exception {
    Program.Ended ended =
        Program.run(dir, sshd.ssh(tunnel(place), "echo no such luck >&2; exit 42"));

    assertThat(ended.status()).isEqualTo(42);
    assertThat(ended.error()).isEqualTo("no such luck\n");
  }

  @AtEachPlace
  void anSshdThatIsNotThereFailsWithTheReason(Place place) throws Exception {
    URI nobody = Gateways.of(place).tunnel(Ports.free());

    Program.Ended ended = Program.run(dir, sshd.ssh(nobody, "true"));

    assertThat(ended.status()).isEqualTo(255);
    assertThat(ended.error()).contains("closed with 4502 connect_failed");
  }

  @AtEachPlace
  void aTargetThatNoRuleAllowsFailsWithTheStatus(Place place) throws Exception {
    URI elsewhere = Gateways.of(place).ws("/tunnel?host=192.0.2.1&port=22");

    Program.Ended ended = Program.run(dir, sshd.ssh(elsewhere, "true"));

    assertThat(ended.status()).isEqualTo(255);
    assertThat(ended.error()).contains("refused with HTTP 403");
  }
}
