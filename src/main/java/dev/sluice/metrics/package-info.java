/** What is counted, as Prometheus text. */
@NullMarked
package dev.sluice.metrics;

import org.jspecify.annotations.NullMarked;
