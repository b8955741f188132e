/**
 * What black-box tests are made of: a gateway in a process of its own, a WebSocket client that can
 * misbehave, and TCP targets that follow a script. Knows nothing of Sluice's classes.
 */
package dev.sluice.testkit;
