package dev.sluice.tunnel;

import dev.sluice.limits.LimitSettings;
import dev.sluice.limits.Limits;
import dev.sluice.limits.Permit;
import dev.sluice.relay.Throttle;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The throttle that all tunnels of a caller share, for as long as it has any. When the rate
 * changes, the tunnels that are open keep theirs. Any thread.
 */
@ApplicationScoped
public class UserThrottles {

  private final Map<String, Shared> shared = new ConcurrentHashMap<>();

  @Inject Limits limits;

  private record Shared(Throttle throttle, int tunnels) {}

  /**
   * A tunnel's part in the throttle of its caller.
   *
   * @param throttle null where there is no rate
   * @param permit to be closed when the tunnel ends
   */
  record Share(@Nullable Throttle throttle, Permit permit) {
    /** Of a caller without a rate. */
    static final Share NONE = new Share(null, () -> {});
  }

  /** Joins the throttle of a caller. */
  Share join(String caller) {
    LimitSettings settings = limits.settings().get();
    long rate = settings.userBytesPerSecond();
    if (rate == 0) {
      return Share.NONE;
    }
    Shared joined =
        shared.compute(
            caller,
            (key, now) ->
                now != null && now.throttle.bytesPerSecond() == rate
                    ? new Shared(now.throttle, now.tunnels + 1)
                    : new Shared(new Throttle(rate), 1));
    AtomicBoolean left = new AtomicBoolean();
    return new Share(
        joined.throttle,
        () -> {
          if (left.compareAndSet(false, true)) {
            leave(caller, joined.throttle);
          }
        });
  }

  private void leave(String caller, Throttle throttle) {
    shared.computeIfPresent(
        caller,
        (key, now) -> {
          if (now.throttle != throttle) {
            return now;
          }
          return now.tunnels == 1 ? null : new Shared(throttle, now.tunnels - 1);
        });
  }

  /** For how many callers there is one. */
  int size() {
    return shared.size();
  }
}
