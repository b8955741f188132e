/**
 * The standard lane: the Jakarta WebSocket endpoint, which only translates events, and the ports
 * that give the relay a container's send, pause and close.
 */
@NullMarked
package dev.sluice.websocket;

import org.jspecify.annotations.NullMarked;
