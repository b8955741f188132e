/**
 * The fast lane's port: the frames of {@link dev.sluice.frames} over a stream of bytes that a
 * server has handed over. What the stream is made of lives in the packages beside this one.
 */
@NullMarked
package dev.sluice.frames.stream;

import org.jspecify.annotations.NullMarked;
