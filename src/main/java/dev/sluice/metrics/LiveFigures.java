package dev.sluice.metrics;

import java.util.List;

/**
 * What the node counts by itself while tunnels run. Read at scrape time only, so that no byte on
 * its way costs a metric update.
 *
 * <p>Every method may be called from any thread at any time and returns without blocking. What is
 * counted as a total never falls, also when the tunnel that contributed ends.
 */
public interface LiveFigures {

  /** The word for the code that speaks WebSocket with the clients. */
  String lane();

  /** Tunnels between their admission and their end. */
  long tunnelsOpen();

  /** Bytes that went from clients to targets since the start. */
  long bytesUp();

  /** Bytes that went from targets to clients since the start. */
  long bytesDown();

  /** Nanoseconds during which clients were stopped because their target was slow, summed. */
  long pausedNanosUp();

  /** Nanoseconds during which targets were stopped because their client was slow, summed. */
  long pausedNanosDown();

  /** Bytes that wait in the node, both directions. */
  long bufferedBytes();

  /** Bytes that may wait in the node before new tunnels are refused. */
  long memoryBudgetBytes();

  /** Bytes of buffers in use, whether they are full or not. */
  long memoryUsedBytes();

  /** Nanoseconds that a task waits for its turn on the slowest I/O loop. */
  long loopLagNanos();

  /** How far each limit of what may be open is used. */
  List<LimitUse> limits();

  /** Container threads that are held to stop a client. */
  long blockedThreads();
}
