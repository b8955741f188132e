package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.access.AuthSettings;
import dev.sluice.access.TicketSettings;
import dev.sluice.limits.LimitSettings;
import dev.sluice.relay.RelaySettings;
import dev.sluice.target.TargetSettings;
import dev.sluice.tunnel.NodeSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeysTest {

  static List<Key<?>> keys() {
    return Keys.ALL;
  }

  @Test
  void everyKeyAndDefaultIsThisOne() {
    assertThat(Keys.ALL.stream().map(KeysTest::line))
        .containsExactly(
            "listen.host=127.0.0.1 restart",
            "listen.port=8080 restart",
            "listen.tls.certificate= restart",
            "listen.tls.key= restart",
            "listen.tls.keystore= restart",
            "listen.tls.password= restart",
            "listen.tls.password-file= restart",
            "origins=self live",
            "proxies= live",
            "tickets.lifetime=30s live",
            "tickets.in-query=false live",
            "tunnel.lane=auto restart",
            "tunnel.high-water=1MiB live",
            "tunnel.max-message=1MiB live",
            "tunnel.memory-budget=50% restart",
            "tunnel.dial-timeout=5s live",
            "tunnel.idle-timeout=1h live",
            "tunnel.session-limit=0s live",
            "tunnel.stall-timeout=5m live",
            "tunnel.linger=30s live",
            "tunnel.ping=25s live",
            "tunnel.send-buffer=256KiB live",
            "tunnel.receive-buffer=256KiB live",
            "tunnel.loops=0 restart",
            "tunnel.blocked-threads=64 restart",
            "limits.tunnels=9000 live",
            "limits.per-user=50 live",
            "limits.per-address=20 live",
            "limits.per-target=200 live",
            "limits.pending-dials=500 live",
            "limits.handshakes-per-minute=120 live",
            "limits.probes-per-minute=60 live",
            "limits.targets-per-minute=30 live",
            "limits.tunnel-bytes-per-second=0 live",
            "limits.user-bytes-per-second=0 live",
            "limits.tunnel-bytes=0 live",
            "dns.timeout=2s live",
            "dns.servers= live",
            "self.addresses= live",
            "self.ports= restart",
            "drain.time=10s restart",
            "audit.file= restart",
            "audit.max-size=64MiB restart",
            "audit.keep=10 restart",
            "audit.log=true restart",
            "audit.required=false restart",
            "audit.node= restart");
    assertThat(Keys.PATHS)
        .hasSize(Keys.ALL.size() + 3)
        .containsSubsequence("origins", "proxies", "auth", "targets", "rules", "tunnel.lane");
  }

  private static <T> String line(Key<T> key) {
    return key.path()
        + "="
        + key.type().format(key.standard())
        + (key.live() ? " live" : " restart");
  }

  @Test
  void everyRuleAndTargetMemberIsThisOne() {
    assertThat(PolicyReader.RULE.stream().<String>map(Member::name))
        .containsExactly("allow", "deny", "roles", "hosts", "networks", "ports", "mode");
    assertThat(PolicyReader.TARGET.stream().<String>map(Member::name))
        .containsExactly("address", "roles", "protocol");
  }

  @Test
  void everyMemberOfAuthIsThisOne() {
    assertThat(AuthReader.AUTH.stream().<String>map(Member::name))
        .containsExactly("anonymous", "basic", "bearer", "container");
    assertThat(AuthReader.USER_MEMBERS.stream().<String>map(Member::name))
        .containsExactly("password", "roles");
    assertThat(AuthReader.BEARER_MEMBERS.stream().<String>map(Member::name))
        .containsExactly("issuer", "audience", "jwks", "roles-claim", "subject-claim");
  }

  @Test
  void defaultsAreThoseOfTheFeatures() {
    Configuration configuration = Sources.none().load();
    assertThat(configuration.listen())
        .isEqualTo(new ListenSettings("127.0.0.1", 8080, Optional.empty()));
    assertThat(configuration.access().auth()).isEqualTo(AuthSettings.defaults());
    assertThat(configuration.access().tickets()).isEqualTo(TicketSettings.defaults());
    assertThat(configuration.relay()).isEqualTo(RelaySettings.defaults());
    assertThat(configuration.limits()).isEqualTo(LimitSettings.defaults());
    assertThat(configuration.node()).isEqualTo(NodeSettings.defaults());
    assertThat(configuration.target())
        .isEqualTo(
            new TargetSettings(List.of(), Map.of(), List.of(), Duration.ofSeconds(2), List.of()));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aDefaultIsAValueOfItsType(Key<?> key) throws WrongValue {
    assertDefaultParses(key);
  }

  private static <T> void assertDefaultParses(Key<T> key) throws WrongValue {
    assertThat(key.type().parse(key.type().format(key.standard()))).isEqualTo(key.standard());
    assertThat(key.meaning()).isNotBlank().doesNotContain("|");
    assertThat(key.type().describe()).isNotBlank().doesNotContain("|");
  }

  @Test
  void namesFollowFromThePath() {
    assertThat(Keys.MEMORY_BUDGET.property()).isEqualTo("sluice.tunnel.memory-budget");
    assertThat(Keys.MEMORY_BUDGET.variable()).isEqualTo("SLUICE_TUNNEL_MEMORY_BUDGET");
    assertThat(Keys.ALL.stream().map(Key::variable)).doesNotHaveDuplicates();
  }
}
