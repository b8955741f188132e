/**
 * The certification: how many tunnels a small heap carries, what each costs, how soon a gate opens
 * again, and which tests prove what is promised; on every server.
 */
package dev.sluice.bench.certify;
