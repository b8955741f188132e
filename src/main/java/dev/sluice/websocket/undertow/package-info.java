/** What WildFly's WebSocket engine offers beyond the standard. */
@NullMarked
package dev.sluice.websocket.undertow;

import org.jspecify.annotations.NullMarked;
