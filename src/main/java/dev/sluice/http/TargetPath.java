package dev.sluice.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code host:port} as the end of a path. Read from the raw path, because what servers decode, cut
 * at a semicolon or normalise differs: here only the three characters that an IPv6 literal needs
 * and a path may not have everywhere are decoded, {@code %5B}, {@code %5D} and {@code %3A}. Every
 * other escape is refused, digits and slashes among them. Whether host and port are such is for
 * their grammar, which takes no slash and no semicolon either.
 */
record TargetPath(String host, String port) {

  /**
   * What follows {@code prefix} in the raw path of a request.
   *
   * @throws RefusalException when the path gets to the address by way of escapes, dots or
   *     parameters
   */
  static String below(HttpServletRequest request, String prefix) {
    return below(request.getRequestURI(), request.getContextPath() + prefix);
  }

  static String below(String rawPath, String prefix) {
    if (!rawPath.startsWith(prefix)) {
      throw RefusalException.badRequest(
          "the path must be written plainly, as %shost:port".formatted(prefix));
    }
    return rawPath.substring(prefix.length());
  }

  /**
   * @param raw what follows the address's own prefix
   * @param defaultPort for a host alone; null: the port must be there
   * @throws RefusalException saying what is wrong
   */
  static TargetPath parse(String raw, @Nullable String defaultPort) {
    String text = decode(raw);
    int endOfHost = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
    if (text.startsWith("[") && endOfHost == 0) {
      throw RefusalException.badRequest("an IPv6 address needs its closing bracket");
    }
    String host = endOfHost < 0 ? text : text.substring(0, endOfHost);
    String rest = text.substring(host.length());
    if (rest.isEmpty() && defaultPort != null) {
      return new TargetPath(host, defaultPort);
    }
    if (!rest.startsWith(":")) {
      throw RefusalException.badRequest(
          "the path must end in host:port, with an IPv6 address in brackets");
    }
    if (rest.indexOf(':', 1) > 0) {
      throw RefusalException.badRequest("more than one colon: an IPv6 address goes in brackets");
    }
    return new TargetPath(host, rest.substring(1));
  }

  private static String decode(String raw) {
    StringBuilder text = new StringBuilder(raw.length());
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        text.append(unescape(raw.substring(i, Math.min(raw.length(), i + 3))));
        i += 2;
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static char unescape(String escape) {
    return switch (escape.toUpperCase(Locale.ROOT)) {
      case "%5B" -> '[';
      case "%5D" -> ']';
      case "%3A" -> ':';
      default ->
          throw RefusalException.badRequest(
              "the path has the escape %s; host and port need none but %%5B, %%5D and %%3A"
                  .formatted(RefusalException.quoted(escape)));
    };
  }
}
