/** Who asks: the caller's identity and the origins that may open tunnels. */
@NullMarked
package dev.sluice.access;

import org.jspecify.annotations.NullMarked;
