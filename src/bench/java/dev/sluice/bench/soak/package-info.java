/** The soak: tunnels of every kind for a long time, and whether anything grows with it. */
package dev.sluice.bench.soak;
