package dev.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EffectiveConfigTest {

  private static final String YAML =
      """
      listen: {port: 9090}
      origins:
        - self
        - https://App.example:443
      targets:
        pg-main: {address: "10.20.1.5:5432", roles: [dba]}
      rules:
        - {deny: true, networks: [10.66.0.0/16]}
        - allow: true
          hosts: ["*.db.corp.example"]
          ports: [22, 8000-8100]
      tunnel: {ping: 60s}
      """;

  @Test
  void everyValueIsShownWithItsSource() {
    String shown =
        Sources.file(YAML)
            .property("sluice.tunnel.loops", "4")
            .variable("SLUICE_SELF_PORTS", "22,80")
            .load()
            .effective()
            .toYaml();
    assertThat(shown)
        .isEqualTo(
            """
            listen:
              host: 127.0.0.1  # default
              port: 9090  # sluice.yaml:1
              tls:
                certificate: ""  # default
                key: ""  # default
                keystore: ""  # default
                password: ""  # default
                password-file: ""  # default
            origins: [self, "https://app.example"]  # sluice.yaml:3
            proxies: []  # default
            auth:
              anonymous: {roles: []}  # default
              container: true  # default
            targets:
              pg-main: {address: "10.20.1.5:5432", roles: [dba]}  # sluice.yaml:6
            rules:
              - {deny: true, networks: [10.66.0.0/16]}  # sluice.yaml:8
              - {allow: true, hosts: ["*.db.corp.example"], ports: [22, 8000-8100]}  # sluice.yaml:9
            tickets:
              lifetime: 30s  # default
              in-query: false  # default
            tunnel:
              lane: auto  # default
              high-water: 1MiB  # default
              max-message: 1MiB  # default
              memory-budget: 50%  # default
              dial-timeout: 5s  # default
              idle-timeout: 1h  # default
              session-limit: 0s  # default
              stall-timeout: 5m  # default
              linger: 30s  # default
              ping: 1m  # sluice.yaml:12
              send-buffer: 256KiB  # default
              receive-buffer: 256KiB  # default
              loops: 4  # property sluice.tunnel.loops
              blocked-threads: 64  # default
            limits:
              tunnels: 9000  # default
              per-user: 50  # default
              per-address: 20  # default
              per-target: 200  # default
              pending-dials: 500  # default
              handshakes-per-minute: 120  # default
              probes-per-minute: 60  # default
              targets-per-minute: 30  # default
              tunnel-bytes-per-second: 0  # default
              user-bytes-per-second: 0  # default
              tunnel-bytes: 0  # default
            dns:
              timeout: 2s  # default
              servers: []  # default
            self:
              addresses: []  # default
              ports: [22, 80]  # environment SLUICE_SELF_PORTS
            drain:
              time: 10s  # default
            audit:
              file: ""  # default
              max-size: 64MiB  # default
              keep: 10  # default
              log: true  # default
              required: false  # default
              node: ""  # default
            """);
  }

  @Test
  void whatIsShownCouldBeTheFile() {
    for (Sources sources : List.of(Sources.none(), Sources.file(YAML))) {
      Configuration first = sources.load();
      Configuration again = Sources.file(first.effective().toYaml()).load();
      assertThat(again.listen()).isEqualTo(first.listen());
      assertThat(again.target()).isEqualTo(first.target());
      assertThat(again.relay()).isEqualTo(first.relay());
      assertThat(again.node()).isEqualTo(first.node());
      assertThat(again.origins().allows("https://app.example", "http", "x"))
          .isEqualTo(first.origins().allows("https://app.example", "http", "x"));
    }
  }

  @Test
  void secretsAreMaskedAtAnyDepthByTheirKeysName() {
    Tree users =
        YamlReader.read(
                "{operator: {password: hunter2, roles: [ops]}, api: {tokens: [t1, t2], id: \"a\\nb\"}}",
                new Place("f", "", new Problems()))
            .orElseThrow();
    EffectiveConfig shown =
        new EffectiveConfig(
            List.of(
                new Setting("users", users, "f"),
                new Setting("bearer.client-secret", Tree.Scalar.of("hunter2"), "property p")));
    assertThat(shown.toYaml())
        .isEqualTo(
            """
            users:
              operator: {password: "***", roles: [ops]}  # f:1
              api: {tokens: "***", id: "a\\u000ab"}  # f:1
            bearer:
              client-secret: "***"  # property p
            """);
  }

  @Test
  void aTextThatYamlWouldTakeForNothingIsQuoted() {
    Place place = new Place("f", "", new Problems());
    for (String text : List.of("null", "~", "", "a: b", "#x", "*", "ü", "\"", "\\", "-", "[a]")) {
      String flow = YamlWriter.flow("k", Tree.Scalar.of(text));
      Tree read = YamlReader.read("{k: " + flow + "}", place).orElseThrow();
      Tree value = ((Tree.Mapping) read).entries().get(0).value();
      assertThat(((Tree.Scalar) value).text()).isEqualTo(text);
      assertThat(((Tree.Scalar) value).isNull()).isFalse();
    }
  }

  @Test
  void aChangeThatNeedsARestartIsNoticedAndNotTakenOver() {
    Configuration started = Sources.file("listen: {port: 9090}\ntunnel: {loops: 1}").load();
    Configuration next =
        Sources.file("\nlisten: {port: 9091}\ntunnel: {loops: 1, ping: 5s}\nself: {ports: [22]}")
            .load();
    assertThat(next.noticesUnder(started))
        .containsExactly(
            "listen.port stays 9090: the change to 9091 (sluice.yaml:2) takes effect at the next"
                + " start",
            "self.ports stays []: the change to [22] (sluice.yaml:4) takes effect at the next"
                + " start");
    Configuration under = next.under(started);
    assertThat(under.listen()).isEqualTo(started.listen());
    assertThat(under.node()).isEqualTo(started.node());
    assertThat(under.relay().ping()).hasSeconds(5);
    assertThat(under.file()).isEqualTo(next.file());
    assertThat(under.effective().toYaml())
        .contains(
            "  port: 9090  # sluice.yaml:1\n", "  ping: 5s  # sluice.yaml:3\n", "  ports: []");
  }

  @Test
  void aLineThatMovedIsNoChange() {
    Configuration started = Sources.file("listen: {port: 9090}").load();
    assertThat(Sources.file("\n\nlisten: {port: 9090}").load().noticesUnder(started)).isEmpty();
  }
}
