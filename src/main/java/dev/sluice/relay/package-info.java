/**
 * Bytes only: one relay per tunnel carries them between a {@link dev.sluice.relay.WebSocketPort}
 * and a socket channel under end-to-end flow control. Knows the JDK and nothing else of Sluice: no
 * policy, no container, no metrics.
 */
@NullMarked
package dev.sluice.relay;

import org.jspecify.annotations.NullMarked;
