/**
 * The fast lane on WildFly: connections that are taken out of Undertow, and of XNIO below it, once
 * the handshake has been admitted. Nothing here is loaded elsewhere.
 */
@NullMarked
package dev.sluice.frames.undertow;

import org.jspecify.annotations.NullMarked;
