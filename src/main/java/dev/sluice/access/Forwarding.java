package dev.sluice.access;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Finds the client behind the proxies that are ours. Each proxy adds at the end of {@code
 * X-Forwarded-For} whom it heard from, so that is read from right to left: as long as the one who
 * wrote an entry is a proxy of ours the entry is believed, and the first address that is none of
 * ours is the client. What stands left of it anybody may have written. From a peer that is no proxy
 * of ours nothing is believed at all.
 *
 * <p>{@code Forwarded} (RFC 7239) is not read: a proxy that writes the one header passes the other
 * on as the client sent it, and nothing in the request says which of the two is the proxy's.
 *
 * @param proxies whether an address is a proxy of ours
 */
public record Forwarding(Predicate<InetAddress> proxies) {

  /** A chain longer than any that ours can be: what is left of it does not matter. */
  private static final int MOST_HOPS = 32;

  /** Without a proxy of our own. */
  public static Forwarding none() {
    return new Forwarding(address -> false);
  }

  /**
   * Where a request came from.
   *
   * @param client the address that the outermost of our proxies heard from, in canonical text; of a
   *     peer without an address (a local socket) whatever the server calls it
   * @param scheme what the client speaks: {@code http} or {@code https}
   */
  record Source(String client, String scheme) {}

  /** Reads a request's own peer and, where that is a proxy of ours, its forwarding headers. */
  Source read(IncomingRequest request) {
    InetAddress at = AddressText.parse(request.peer());
    if (at == null) {
      return new Source(request.peer(), request.scheme());
    }
    if (!proxies.test(at)) {
      return new Source(at.getHostAddress(), request.scheme());
    }
    return new Source(
        client(at, items(request.headers("X-Forwarded-For"))).getHostAddress(),
        scheme(request, items(request.headers("X-Forwarded-Proto"))));
  }

  private InetAddress client(InetAddress peer, List<String> heardFrom) {
    InetAddress at = peer;
    int last = Math.max(0, heardFrom.size() - MOST_HOPS);
    for (int i = heardFrom.size() - 1; i >= last && proxies.test(at); i--) {
      InetAddress next = AddressText.parseNode(heardFrom.get(i));
      if (next == null) {
        break; // our proxy did not know: then it is itself the last one known
      }
      at = next;
    }
    return at;
  }

  /** The last word is that of the proxy in front of us; those before it came through it. */
  private static String scheme(IncomingRequest request, List<String> words) {
    String last = words.isEmpty() ? "" : words.get(words.size() - 1).toLowerCase(Locale.ROOT);
    return last.equals("http") || last.equals("https") ? last : request.scheme();
  }

  /** The elements of a list header, over all of its lines. */
  private static List<String> items(List<String> lines) {
    return lines.stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .toList();
  }
}
