/**
 * Real programs through the gateway: OpenSSH and Redis, client and server, as people use them, and
 * WebSocket clients that others wrote. They check what a script of bytes cannot: that nothing a
 * protocol relies on was overlooked.
 */
package dev.sluice.real;
