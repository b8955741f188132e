/**
 * What {@code java -jar sluice.war} starts: unpacks the libraries that ride in the WAR and hands
 * over to the launcher. Knows only the JDK.
 */
@NullMarked
package dev.sluice.launcher.boot;

import org.jspecify.annotations.NullMarked;
