/**
 * The fast lane on servers whose HTTP is Grizzly's, the embedded one and Payara: connections that
 * are taken out of it once the handshake has been admitted. Nothing here is loaded elsewhere.
 */
@NullMarked
package dev.sluice.frames.grizzly;

import org.jspecify.annotations.NullMarked;
