/**
 * Clients that misbehave, in a process of their own: on a network it is another machine's processor
 * that they use.
 */
package dev.sluice.bench.attack;
