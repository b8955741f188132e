package dev.sluice.target;

/** What a client asks for: a host and port, or a target by its name. */
public sealed interface Requested permits HostPort, TargetName {

  /**
   * Canonical text for records and limits: {@code host:port} with IPv6 in brackets, or the name.
   */
  String text();
}
