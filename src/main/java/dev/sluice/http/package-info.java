/**
 * What answers over HTTP: the filter in front of everything, the probe, health and metrics
 * addresses, and problem bodies (RFC 9457).
 */
@NullMarked
package dev.sluice.http;

import org.jspecify.annotations.NullMarked;
