/**
 * The embedded server (Tyrus on Grizzly with Weld) and its command line. Never visible to an app
 * server.
 */
@NullMarked
package dev.sluice.launcher;

import org.jspecify.annotations.NullMarked;
