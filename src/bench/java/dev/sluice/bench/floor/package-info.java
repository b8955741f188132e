/**
 * The floor under the standard lane: an endpoint on the same servers that only counts the bytes
 * that come. What Sluice is slower than that, the relay costs.
 */
package dev.sluice.bench.floor;
