package dev.sluice.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The facts of who sent a request, whichever server received it, before anybody has judged them.
 * Immutable, but {@code hasRole} may be asked only while the request lives. Its text shows no
 * credential.
 *
 * @param peer the address at the other end of the connection, canonical
 * @param client the address behind the proxies that are ours, canonical; without one the peer's
 * @param scheme what the client speaks: {@code http} or {@code https}
 * @param host the Host header, or null
 * @param origin the Origin header, or null; a header that is there twice is no origin that any
 *     policy allows
 * @param fetchSite the Sec-Fetch-Site header, which browsers set and pages cannot, or null
 * @param hasCookie whether a Cookie header came along
 * @param authorization the Authorization headers; more than one is never a credential
 * @param tickets the tickets that were offered as sub-protocols
 * @param queryTickets the tickets that stand in the query
 * @param principal the name that the server's own login has established, or null
 * @param hasRole whether the server's own login gives the caller a role
 */
public record Caller(
    String peer,
    String client,
    String scheme,
    @Nullable String host,
    @Nullable String origin,
    @Nullable String fetchSite,
    boolean hasCookie,
    List<String> authorization,
    List<String> tickets,
    List<String> queryTickets,
    @Nullable String principal,
    Predicate<String> hasRole) {

  /** What a sub-protocol that carries a ticket begins with. */
  public static final String TICKET_PROTOCOL = "sluice.ticket.";

  private static final String TICKET_PARAMETER = "ticket=";

  public Caller {
    authorization = List.copyOf(authorization);
    tickets = List.copyOf(tickets);
    queryTickets = List.copyOf(queryTickets);
  }

  /** Reads a request. */
  public static Caller of(IncomingRequest request, Forwarding forwarding) {
    Forwarding.Source source = forwarding.read(request);
    return new Caller(
        Optional.ofNullable(AddressText.parse(request.peer()))
            .map(InetAddress::getHostAddress)
            .orElse(request.peer()),
        source.client(),
        source.scheme(),
        only(request, "Host"),
        only(request, "Origin"),
        only(request, "Sec-Fetch-Site"),
        !request.headers("Cookie").isEmpty(),
        request.headers("Authorization"),
        tickets(request.headers("Sec-WebSocket-Protocol"), ",", TICKET_PROTOCOL),
        tickets(Optional.ofNullable(request.query()).stream().toList(), "&", TICKET_PARAMETER),
        request.principal(),
        request::isInRole);
  }

  /** What limits count this caller by, see {@link #countingKey(String)}. */
  public String countingKey() {
    return countingKey(client);
  }

  /**
   * What limits count an address by: an IPv4 address itself, of an IPv6 one the first 64 bits,
   * which is what one subscriber has at least and can walk through at will.
   *
   * @param client canonical, as {@link #client} is
   */
  public static String countingKey(String client) {
    // a handshake is counted by several limits: only an IPv6 address is worth reading for each
    if (client.indexOf(':') < 0 || !(AddressText.parse(client) instanceof Inet6Address v6)) {
      return client;
    }
    byte[] bytes = v6.getAddress();
    Arrays.fill(bytes, 8, bytes.length, (byte) 0);
    return AddressText.of(bytes).getHostAddress() + "/64";
  }

  /** Several lines would let two readers see different values: then there is none that is right. */
  private static @Nullable String only(IncomingRequest request, String name) {
    List<String> lines = request.headers(name);
    return lines.isEmpty() ? null : String.join(", ", lines);
  }

  private static List<String> tickets(List<String> lines, String separator, String prefix) {
    return lines.stream()
        .flatMap(line -> Arrays.stream(line.split(separator, -1)))
        .map(String::strip)
        .filter(part -> part.startsWith(prefix))
        .map(part -> part.substring(prefix.length()))
        .toList();
  }

  @Override
  public String toString() {
    return "caller from " + client + (client.equals(peer) ? "" : " by way of " + peer);
  }
}
