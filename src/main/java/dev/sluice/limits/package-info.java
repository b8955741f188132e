/**
 * How much a caller may have at once and how often it may ask: permits for what is open, buckets
 * for what comes by the minute. A leaf: it counts keys that others make up, and knows neither
 * callers nor tunnels.
 */
@NullMarked
package dev.sluice.limits;

import org.jspecify.annotations.NullMarked;
