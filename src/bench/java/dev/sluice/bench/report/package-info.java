/** From the lines of a run to medians, ratios, tables and charts. */
package dev.sluice.bench.report;
