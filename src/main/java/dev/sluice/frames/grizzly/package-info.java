/**
 * The fast lane on the embedded server: Grizzly's connections, taken out of it once the handshake
 * has been admitted. Rides with the launcher: an app server has no Grizzly, or its own.
 */
@NullMarked
package dev.sluice.frames.grizzly;

import org.jspecify.annotations.NullMarked;
