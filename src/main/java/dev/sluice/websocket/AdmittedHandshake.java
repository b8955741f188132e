package dev.sluice.websocket;

import dev.sluice.tunnel.Admission.Admitted;
import dev.sluice.tunnel.TunnelService;
import org.jspecify.annotations.Nullable;

/**
 * Carries what the filter has decided to the endpoint of the same handshake. The Jakarta API hands
 * no request attribute on, but filter, handshake and {@link TunnelConfigurator} run on one thread,
 * one call inside the other, on every server.
 *
 * @param admitted the decision
 * @param service opens the tunnel
 * @param blocked how many threads may wait where that is the only lever
 * @param disconnect cuts the connection whatever waits in it, or null where nobody can
 */
public record AdmittedHandshake(
    Admitted admitted,
    TunnelService service,
    BlockedThreads blocked,
    @Nullable Runnable disconnect) {

  private static final ThreadLocal<AdmittedHandshake> CURRENT = new ThreadLocal<>();

  /** What goes on inside a handshake, or beside it when there is none to be. */
  @FunctionalInterface
  public interface Step<E extends Exception> {
    /** Goes on. */
    void run() throws E;
  }

  /** Runs the rest of the handshake. */
  public <E extends Exception> void around(Step<E> rest) throws E {
    CURRENT.set(this);
    try {
      rest.run();
    } finally {
      CURRENT.remove();
    }
  }

  /** The handshake that this thread is in; null outside of one. */
  static @Nullable AdmittedHandshake current() {
    return CURRENT.get();
  }
}
