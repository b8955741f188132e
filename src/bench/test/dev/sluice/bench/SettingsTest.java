package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.bench.peer.PeerKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void withoutPropertiesEverythingRunsFiveTimes() {
    Settings settings = Settings.read(name -> "");
    assertThat(settings.rounds()).isEqualTo(5);
    assertThat(settings.peers())
        .containsExactlyElementsOf(PeerKind.usual())
        .doesNotContain(PeerKind.WILDFLY_FLOOR);
    assertThat(settings.tests())
        .containsExactlyElementsOf(Plan.usual())
        .contains("churn", "idle")
        .noneMatch(test -> test.startsWith("hostile") || test.startsWith("once"));
    assertThat(settings.prime()).isEqualTo(3);
    assertThat(settings.ours().limited()).isFalse();
    assertThat(settings.idle()).containsExactly(1000, 5000, 9500);
  }

  @Test
  void quickIsLessUnlessSaidOtherwise() {
    Settings settings = read(Map.of("bench.quick", "true", "bench.rounds", "3"));
    assertThat(settings.rounds()).isEqualTo(3);
    assertThat(settings.peers())
        .containsExactly(PeerKind.DIRECT, PeerKind.HAPROXY, PeerKind.EMBEDDED_FAST);
    assertThat(read(Map.of("bench.quick", "false")).peers()).isEqualTo(PeerKind.usual());
  }

  @Test
  void anAttackHasToBeNamed() {
    assertThat(read(Map.of("bench.tests", "hostile_pings,hostile_vanish")).tests())
        .containsExactly("hostile_pings", "hostile_vanish");
  }

  @Test
  void idleCountsAreSorted() {
    assertThat(read(Map.of("bench.idle", "500, 20")).idle()).isEqualTo(List.of(20, 500));
  }

  @Test
  void whatThereIsNotIsNamedWithWhatThereIs() {
    assertThatThrownBy(() -> read(Map.of("bench.peers", "haproxy,nginx")))
        .hasMessageContaining("bench.peers=haproxy,nginx")
        .hasMessageContaining("no peer nginx")
        .hasMessageContaining("websockify");
    assertThatThrownBy(() -> read(Map.of("bench.tests", "sideways")))
        .hasMessageContaining("no test sideways")
        .hasMessageContaining("down16");
    assertThatThrownBy(() -> read(Map.of("bench.limits", "few")))
        .hasMessageContaining("bench.limits=few")
        .hasMessageContaining("usual");
    assertThatThrownBy(() -> read(Map.of("bench.rounds", "0")))
        .hasMessageContaining("bench.rounds");
  }

  private static Settings read(Map<String, String> properties) {
    return Settings.read(properties::get);
  }
}
