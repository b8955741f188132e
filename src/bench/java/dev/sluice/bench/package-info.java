/**
 * The benchmark: {@code mvn -Pbench verify} starts what is compared, runs the tests in interleaved
 * rounds and writes {@code target/bench}. How and what: {@code src/site/markdown/benchmark.md}.
 */
package dev.sluice.bench;
