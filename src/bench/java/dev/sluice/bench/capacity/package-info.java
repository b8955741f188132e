/**
 * The capacity model: what a byte, a message, a tunnel and its opening cost a node, fitted to
 * measurements and held against a mixed load that it was not fitted to.
 */
package dev.sluice.bench.capacity;
