package dev.sluice.config;

import dev.sluice.access.AccessSettings;
import dev.sluice.access.OriginPolicy;
import dev.sluice.audit.AuditSettings;
import dev.sluice.limits.LimitSettings;
import dev.sluice.relay.RelaySettings;
import dev.sluice.target.Rule;
import dev.sluice.target.TargetSettings;
import dev.sluice.tunnel.NodeSettings;
import java.util.List;
import java.util.Optional;

/**
 * A valid configuration, cut into what each feature goes by. Immutable.
 *
 * @param listen the embedded server's address
 * @param origins the pages that may open tunnels
 * @param access who is let in and how callers become known
 * @param target what may be dialled
 * @param relay what one tunnel goes by
 * @param limits how much callers may have and how often they may ask
 * @param node what the node goes by, from start to end
 * @param audit where attempts are recorded, from start to end
 * @param file where it was read from; empty without a file
 * @param effective every value with its source, for {@code --check}
 */
public record Configuration(
    ListenSettings listen,
    OriginPolicy origins,
    AccessSettings access,
    TargetSettings target,
    RelaySettings relay,
    LimitSettings limits,
    NodeSettings node,
    AuditSettings audit,
    Optional<ConfigFile> file,
    EffectiveConfig effective) {

  /** What to log, once, where {@link #refusesEverything}. */
  public static final String HOW_TO_ALLOW =
      "No rule allows a target, so every tunnel is refused. To allow one, name a YAML file by the"
          + " property sluice.config or the variable SLUICE_CONFIG and write into it, for example,"
          + " rules: [{allow: true, hosts: [db.example.com], ports: [5432]}]";

  /** Whether no target can be reached: no rule allows and none is named. */
  public boolean refusesEverything() {
    return target.targets().isEmpty() && target.rules().stream().noneMatch(Rule::allow);
  }

  /**
   * This configuration as far as it can take effect in a node that started with another: what holds
   * from start to end stays as it was.
   */
  public Configuration under(Configuration started) {
    return new Configuration(
        started.listen,
        origins,
        access,
        target,
        relay,
        limits,
        started.node,
        started.audit,
        file,
        effective.under(started.effective));
  }

  /**
   * One line for each value that differs from what the node started with and needs a restart to
   * take effect.
   */
  public List<String> noticesUnder(Configuration started) {
    return effective.noticesUnder(started.effective);
  }
}
