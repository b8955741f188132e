package dev.sluice.target;

/**
 * A host and a port, by the grammar.
 *
 * @param host address or name
 * @param port 1 to 65535
 */
public record HostPort(Host host, int port) implements Requested {

  /** Refuses what is no port. */
  public HostPort {
    Port.require(port);
  }

  /**
   * From the two texts of a request.
   *
   * @throws InvalidTargetException saying what is wrong with which
   */
  public static HostPort of(String host, String port) {
    return new HostPort(Host.parse(host), Port.parse(port));
  }

  /**
   * {@code host:port}; an IPv6 address must be in brackets, or it could not be told from its port.
   *
   * @throws InvalidTargetException saying what is wrong
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    boolean bracketed = text.startsWith("[");
    if (colon < 0 || (bracketed && text.charAt(colon - 1) != ']')) {
      throw new InvalidTargetException(Quoted.of(text) + " is not host:port");
    }
    if (!bracketed && text.indexOf(':') != colon) {
      throw new InvalidTargetException(
          Quoted.of(text) + " has more than one colon: an IPv6 address goes in brackets");
    }
    return of(text.substring(0, colon), text.substring(colon + 1));
  }

  @Override
  public String text() {
    return host.text().indexOf(':') < 0
        ? host.text() + ":" + port
        : "[" + host.text() + "]:" + port;
  }
}
