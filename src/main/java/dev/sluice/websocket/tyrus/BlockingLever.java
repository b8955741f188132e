package dev.sluice.websocket.tyrus;

import dev.sluice.websocket.BlockedThreads;
import dev.sluice.websocket.ReceiveLever;
import org.jspecify.annotations.Nullable;

/**
 * Stops a client by not returning from its message: the container reads on only afterwards. The
 * node has a cap on threads that wait so; over it the message returns at once, and the write
 * chain's hard cap is all that is left. The wait ends with the pause or with the tunnel, whose
 * limits bound it.
 */
public final class BlockingLever implements ReceiveLever {

  private final BlockedThreads blocked;
  private final @Nullable Runnable cut;
  private final Object turn = new Object();
  private boolean paused;
  private boolean closed;

  /**
   * A lever for one session.
   *
   * @param cut cuts its connection, or null where nobody can
   */
  public BlockingLever(BlockedThreads blocked, @Nullable Runnable cut) {
    this.blocked = blocked;
    this.cut = cut;
  }

  @Override
  public void pause() {
    synchronized (turn) {
      paused = true;
    }
  }

  @Override
  public void resume() {
    synchronized (turn) {
      paused = false;
      turn.notifyAll();
    }
  }

  @Override
  public void messageDone() {
    synchronized (turn) {
      if (!paused || closed || !blocked.tryEnter()) {
        return;
      }
      boolean interrupted = false;
      try {
        while (paused && !closed) {
          try {
            turn.wait();
          } catch (InterruptedException e) {
            interrupted = true; // by a server's limit on requests, say: the target is no faster
          }
        }
      } finally {
        blocked.leave();
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  @Override
  public void closed() {
    synchronized (turn) {
      closed = true;
      turn.notifyAll();
    }
  }

  @Override
  public void disconnect() {
    if (cut != null) {
      cut.run();
    }
  }
}
