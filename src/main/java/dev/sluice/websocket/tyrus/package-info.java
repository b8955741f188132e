/**
 * For engines that offer nothing beyond the standard, such as Tyrus: Payara and the embedded
 * server.
 */
@NullMarked
package dev.sluice.websocket.tyrus;

import org.jspecify.annotations.NullMarked;
