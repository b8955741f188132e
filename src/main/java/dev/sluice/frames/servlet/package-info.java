/**
 * The fast lane on servlet servers: connections taken over by the standard {@code
 * HttpServletRequest.upgrade}, where a server does not give out their channels. One source for all
 * of them; what one server needs beyond the specification is in {@link
 * dev.sluice.frames.servlet.ServletStream}, each in one commented place.
 */
@NullMarked
package dev.sluice.frames.servlet;

import org.jspecify.annotations.NullMarked;
