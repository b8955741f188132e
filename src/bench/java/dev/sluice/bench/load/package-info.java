/**
 * The load tool: connections of its own framing on one selector a side, and the TCP target that
 * they reach through whatever is measured. Buffers are made before a measurement and used again and
 * again; of what arrives only frame headers are read, unless every byte is to be checked.
 */
package dev.sluice.bench.load;
