package dev.sluice.tunnel;

import dev.sluice.relay.IoLoop;
import dev.sluice.relay.IoLoops;
import dev.sluice.target.TargetPolicy;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * When a denied target is answered: always the same time after policy was asked.
 *
 * <p>Denials say the same in the same words, but they do not come about in the same time. A name
 * that no rule could match is refused without a lookup; one that is looked up takes as long as its
 * name servers do, which tells whether it exists; a target of other roles is refused at once. Who
 * may ask and measure could tell these apart, name by name. So every denial waits until the longest
 * that a decision can take, one lookup's timeout, has passed. No thread waits meanwhile, only the
 * client's own connection. What is allowed is never held up.
 */
@Dependent
public class DenialPace {

  /** What the slowest decision needs beside its lookup. */
  private static final Duration MARGIN = Duration.ofMillis(50);

  private final IoLoops loops;
  private final Supplier<TargetPolicy> targets;

  /**
   * @param loops keep the time
   * @param targets the policy of the moment
   */
  @Inject
  public DenialPace(IoLoops loops, Supplier<TargetPolicy> targets) {
    this.loops = loops;
    this.targets = targets;
  }

  /** How long after policy was asked a denial is answered. */
  public Duration floor() {
    return targets.get().lookupTimeout().plus(MARGIN);
  }

  /**
   * Hands {@code denial} out when it is due.
   *
   * @param startedAt when policy was asked, on {@link System#nanoTime}
   * @return completes on a loop's thread, so what depends on it must not block
   */
  public <T> CompletableFuture<T> due(T denial, long startedAt) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    long dueAt = startedAt + floor().toNanos();
    IoLoop loop = loops.next();
    loop.execute(() -> loop.schedule(dueAt - System.nanoTime(), () -> answer.complete(denial)));
    return answer;
  }
}
