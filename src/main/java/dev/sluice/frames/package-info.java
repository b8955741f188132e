/**
 * The server's side of RFC 6455 as a codec: bytes in, events out, and the bytes of frames to send.
 * No I/O, no threads, no container: what moves the bytes lives in the packages below this one.
 * Knows the JDK and nothing else.
 */
@NullMarked
package dev.sluice.frames;

import org.jspecify.annotations.NullMarked;
