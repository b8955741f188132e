/** What is measured: Sluice on its servers and lanes, and the proxies that it is compared with. */
package dev.sluice.bench.peer;
