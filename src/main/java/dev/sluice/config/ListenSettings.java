package dev.sluice.config;

import java.util.Optional;

/**
 * Where the embedded server listens; an app server has its own configuration for this.
 *
 * @param host an IP address of this machine, or {@code localhost}; no other name, because what that
 *     resolves to could change by itself
 * @param port 1 to 65535
 * @param tls what to serve HTTPS with; empty: plain HTTP
 */
public record ListenSettings(String host, int port, Optional<TlsSettings> tls) {}
