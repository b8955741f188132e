package dev.sluice.target;

/**
 * Ports from the first to the last, both included.
 *
 * @param first 1 to 65535
 * @param last not below the first
 */
public record PortRange(int first, int last) {

  /** Refuses what is no port, and a range that runs backwards. */
  public PortRange {
    Port.require(first);
    Port.require(last);
    if (last < first) {
      throw new InvalidTargetException("port range " + first + "-" + last + " runs backwards");
    }
  }

  /**
   * {@code "22"} or {@code "8000-8100"}.
   *
   * @throws InvalidTargetException if not so
   */
  public static PortRange parse(String text) {
    int dash = text.indexOf('-');
    if (dash < 0) {
      int port = Port.parse(text);
      return new PortRange(port, port);
    }
    return new PortRange(Port.parse(text.substring(0, dash)), Port.parse(text.substring(dash + 1)));
  }

  /** Whether the port is one of them. */
  public boolean contains(int port) {
    return first <= port && port <= last;
  }

  @Override
  public String toString() {
    return first == last ? Integer.toString(first) : first + "-" + last;
  }
}
