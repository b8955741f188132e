/** The tests: what is asked of each peer, and which figures come of it. */
package dev.sluice.bench.trial;
