package dev.sluice.probe;

import java.net.InetSocketAddress;

/** What reading an SSH banner came to. */
public sealed interface BannerResult {

  /**
   * The target is an SSH server.
   *
   * @param connectNanos around the TCP connect alone, by the monotonic clock
   */
  record Found(SshIdentification identification, InetSocketAddress address, long connectNanos)
      implements BannerResult {}

  /**
   * It is not, or cannot be reached.
   *
   * @param message for a person; holds nothing that the target sent
   */
  record Failed(ProbeFailure failure, String message) implements BannerResult {}
}
