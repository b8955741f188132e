package dev.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.probe.BannerResult;
import dev.sluice.probe.PingResult;
import dev.sluice.probe.PingSample;
import dev.sluice.probe.ProbeFailure;
import dev.sluice.probe.SshIdentification;
import dev.sluice.target.HostPort;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeAnswerTest {

  private static final HostPort DB = HostPort.of("DB.example", "22");
  private static final PingSample LOST =
      new PingSample(0, ProbeFailure.CONNECT_TIMEOUT, "no answer in time");
  private static final PingSample REFUSED =
      new PingSample(0, ProbeFailure.CONNECT_FAILED, "Connection refused");

  @Test
  void onePingIsOneRoundTrip() throws Exception {
    PingAnswer answer = ping(new PingSample(415_000, null, ""));
    assertThat(answer.toJson().toString())
        .isEqualTo(
            "{\"success\":true,\"host\":\"db.example\",\"port\":22,\"address\":\"10.0.0.1\","
                + "\"message\":\"open\",\"rtt\":0.42,\"min\":0.42,\"avg\":0.42,\"max\":0.42,"
                + "\"stddev\":0.00,\"samples\":[0.42],\"lost\":0,\"dnsMillis\":1.20}");
    assertThat(answer.toText()).isEqualTo("db.example:22 open 0.42 ms\n");
    assertThat(answer.outcome()).isEqualTo("success");
  }

  @Test
  void aLostSampleIsNullAndTheOthersCount() throws Exception {
    PingAnswer answer =
        ping(new PingSample(1_000_000, null, ""), LOST, new PingSample(3_000_000, null, ""));
    assertThat(answer.toJson().toString())
        .contains(
            "\"success\":true",
            "\"message\":\"open, 1 of 3 lost\"",
            "\"rtt\":2.00,\"min\":1.00,\"avg\":2.00,\"max\":3.00,\"stddev\":1.00",
            "\"samples\":[1.00,null,3.00],\"lost\":1");
    assertThat(answer.toText())
        .isEqualTo(
            """
            db.example:22 open 1.00 ms
            db.example:22 failed: no answer in time
            db.example:22 open 3.00 ms
            3 samples, 1 lost, min/avg/max/stddev 1.00/2.00/3.00/1.00 ms
            """);
    assertThat(answer.outcome()).isEqualTo("success");
  }

  @Test
  void aSuccessWhoseLastSampleIsLostIsASuccess() throws Exception {
    assertThat(ping(new PingSample(1, null, ""), LOST).outcome()).isEqualTo("success");
  }

  @Test
  void aPingThatLostAllHasNoTimes() throws Exception {
    PingAnswer answer = ping(LOST, REFUSED);
    assertThat(answer.toJson().toString())
        .isEqualTo(
            "{\"success\":false,\"host\":\"db.example\",\"port\":22,\"address\":\"10.0.0.1\","
                + "\"message\":\"Connection refused\",\"code\":\"connect_failed\",\"rtt\":null,"
                + "\"min\":null,\"avg\":null,\"max\":null,\"stddev\":null,"
                + "\"samples\":[null,null],\"lost\":2,\"dnsMillis\":1.20}");
    assertThat(answer.toText()).endsWith("2 samples, 2 lost\n");
    assertThat(answer.outcome()).isEqualTo("connect_failed");
  }

  @Test
  void anIpv6AddressIsBareInJsonAndInBracketsInText() throws Exception {
    HostPort target = HostPort.of("[2001:DB8:0::1]", "443");
    InetAddress address =
        InetAddress.getByAddress(
            new byte[] {0x20, 0x01, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    PingAnswer answer =
        new PingAnswer(
            target,
            0,
            new PingResult(
                new InetSocketAddress(address, 443), List.of(new PingSample(1, null, ""))));
    assertThat(answer.toJson().getString("host")).isEqualTo("2001:db8::1");
    assertThat(answer.toJson().getString("address")).isEqualTo("2001:db8::1");
    assertThat(answer.toText()).startsWith("[2001:db8::1]:443 open");
  }

  @Test
  void aBannerIsTakenApart() throws Exception {
    BannerAnswer answer =
        new BannerAnswer(
            DB,
            new BannerResult.Found(
                new SshIdentification("SSH-2.0-x_1 a \u001b", "2.0", "x_1", "a \u001b"),
                address(),
                1_234_567));
    assertThat(answer.toJson().toString())
        .isEqualTo(
            "{\"success\":true,\"host\":\"db.example\",\"port\":22,\"address\":\"10.0.0.1\","
                + "\"banner\":\"SSH-2.0-x_1 a \\u001b\",\"protocol\":\"2.0\",\"software\":\"x_1\","
                + "\"comments\":\"a \\u001b\",\"rtt\":1.23}");
    assertThat(answer.toText()).startsWith("db.example:22 SSH-2.0-x_1 a ").endsWith(" 1.23 ms\n");
  }

  @Test
  void whatIsNoSshServerIsNoSuccess() {
    BannerAnswer answer =
        new BannerAnswer(DB, new BannerResult.Failed(ProbeFailure.NOT_SSH, "not an SSH server"));
    assertThat(answer.toJson().toString())
        .isEqualTo(
            "{\"success\":false,\"host\":\"db.example\",\"port\":22,\"code\":\"not_ssh\","
                + "\"message\":\"not an SSH server\"}");
    assertThat(answer.toText()).isEqualTo("db.example:22 failed: not an SSH server\n");
    assertThat(answer.outcome()).isEqualTo("not_ssh");
  }

  private static PingAnswer ping(PingSample... samples) throws UnknownHostException {
    return new PingAnswer(DB, 1_200_000, new PingResult(address(), List.of(samples)));
  }

  private static InetSocketAddress address() throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), 22);
  }
}
