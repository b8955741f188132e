package dev.sluice.tunnel;

import org.jspecify.annotations.Nullable;

/** Which of the sub-protocols that a client offers is agreed on. */
public final class Subprotocols {

  private static final String BINARY = "binary";

  private Subprotocols() {}

  /**
   * {@code binary} when it is offered; never invents one.
   *
   * @param lines values of {@code Sec-WebSocket-Protocol}, each a list with commas (RFC 6455
   *     §11.3.4)
   * @return null for none
   */
  public static @Nullable String agreed(Iterable<String> lines) {
    for (String line : lines) {
      for (String name : line.split(",", -1)) {
        if (name.strip().equals(BINARY)) {
          return BINARY;
        }
      }
    }
    return null;
  }
}
