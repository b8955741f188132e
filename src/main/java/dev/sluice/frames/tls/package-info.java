/**
 * TLS on a client's connection that has been taken over from the server that made its handshake:
 * the JDK's engine between the frames and the channel. Knows the stream it sits on and the loop
 * that both live on.
 */
@NullMarked
package dev.sluice.frames.tls;

import org.jspecify.annotations.NullMarked;
