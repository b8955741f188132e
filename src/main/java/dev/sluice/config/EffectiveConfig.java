package dev.sluice.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Every value in force with its source. Immutable. */
public final class EffectiveConfig {

  private final List<Setting> settings;

  EffectiveConfig(List<Setting> settings) {
    this.settings = List.copyOf(settings);
  }

  /**
   * The configuration as YAML that could be its file: all keys, defaults too, each with its source
   * as a comment; secrets are masked.
   */
  public String toYaml() {
    return YamlWriter.write(settings);
  }

  List<Setting> settings() {
    return settings;
  }

  /** With the values that hold from start to end as they were at the start. */
  EffectiveConfig under(EffectiveConfig started) {
    Map<String, Setting> old = started.byPath();
    return new EffectiveConfig(
        settings.stream().map(s -> isLive(s) ? s : old.getOrDefault(s.path(), s)).toList());
  }

  List<String> noticesUnder(EffectiveConfig started) {
    Map<String, Setting> old = started.byPath();
    return settings.stream()
        .filter(s -> !isLive(s))
        .filter(s -> !shown(s).equals(shown(old.getOrDefault(s.path(), s))))
        .map(
            s ->
                "%s stays %s: the change to %s (%s) takes effect at the next start"
                    .formatted(
                        s.path(), shown(old.getOrDefault(s.path(), s)), shown(s), s.source()))
        .toList();
  }

  private Map<String, Setting> byPath() {
    return settings.stream().collect(Collectors.toMap(Setting::path, Function.identity()));
  }

  private static boolean isLive(Setting setting) {
    Key<?> key = Keys.BY_PATH.get(setting.path());
    return key == null || key.live();
  }

  private static String shown(Setting setting) {
    return YamlWriter.flow(setting.path(), setting.value());
  }
}
