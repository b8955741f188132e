/**
 * The record of who asked for what and what became of it: JSON lines, each with the hash of the one
 * before, in a file of their own and in the server's log. Knows nothing of tunnels: it is handed
 * events.
 */
@NullMarked
package dev.sluice.audit;

import org.jspecify.annotations.NullMarked;
