package dev.sluice.config;

import dev.sluice.target.IpAddress;

/**
 * Where the embedded server listens: an address of this machine, or {@code localhost}. Any other
 * name is rejected: what it resolves to could change without anybody touching the configuration.
 */
record ListenAddress() implements ValueType<String> {

  @Override
  public String parse(String text) throws WrongValue {
    if (text.equals("localhost")) {
      return text;
    }
    if (text.equals("*")) {
      throw new WrongValue("is not an address", "write 0.0.0.0, or :: in quotes, for all of them");
    }
    try {
      return IpAddress.parse(text).toString();
    } catch (IllegalArgumentException e) {
      throw new WrongValue(
          "is neither an IP address nor localhost",
          "write an address of this machine, such as 127.0.0.1 or ::1 without brackets");
    }
  }

  @Override
  public String format(String value) {
    return value;
  }

  @Override
  public String describe() {
    return "IP address or localhost";
  }
}
