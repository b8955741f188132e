package dev.sluice.target;

/** TCP port numbers. */
public final class Port {
  private Port() {}

  /**
   * ASCII digits, 1 to 65535: no sign, no space, no leading zero, no other script's digits.
   *
   * @throws InvalidTargetException if not so
   */
  public static int parse(String text) {
    return require(IpText.decimal(text, 65_535), text);
  }

  /**
   * Refuses a number that is no port.
   *
   * @throws InvalidTargetException if it is not from 1 to 65535
   */
  public static void require(int port) {
    require(port <= 65_535 ? port : -1, Integer.toString(port));
  }

  private static int require(int port, String text) {
    if (port < 1) {
      throw new InvalidTargetException(
          "port " + Quoted.of(text) + " is not a number from 1 to 65535");
    }
    return port;
  }
}
