/**
 * The life of a tunnel: admit, dial, relay, end. Owns the registry of what is open and the one
 * {@link dev.sluice.tunnel.Outcome} that says how each attempt ended.
 */
@NullMarked
package dev.sluice.tunnel;

import org.jspecify.annotations.NullMarked;
