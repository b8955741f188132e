/**
 * TLS on the embedded server: key material from files, read again when they change; what of it
 * Grizzly is handed. Knows the settings of {@code config} and nothing else of Sluice.
 */
@NullMarked
package dev.sluice.launcher.tls;

import org.jspecify.annotations.NullMarked;
