package dev.sluice.http;

import dev.sluice.access.ClientIdentity;
import dev.sluice.relay.RelayStats;
import dev.sluice.tunnel.ActiveTunnels;
import dev.sluice.tunnel.RateMeter;
import dev.sluice.tunnel.Tunnel;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The open tunnels as those see them who may: an administrator all, everybody else the own ones. To
 * anybody else a tunnel does not exist. Any thread.
 */
@Dependent
public class Sessions {

  private final ActiveTunnels tunnels;

  // looked up once, on a thread that has the application's class loader
  private final JsonBuilderFactory json = Json.createBuilderFactory(Map.of());

  @Inject
  public Sessions(ActiveTunnels tunnels) {
    this.tunnels = tunnels;
  }

  /** The tunnel of this id, if there is one that the caller may see. */
  Optional<Tunnel> find(ClientIdentity caller, String id) {
    return tunnels.find(id).filter(tunnel -> isSeenBy(caller, tunnel));
  }

  private static boolean isSeenBy(ClientIdentity caller, Tunnel tunnel) {
    return caller.isAdmin() || tunnel.request().identity().isSameAs(caller);
  }

  /**
   * {@code {"sessions":[…],"count"}} of those that the caller may see, the oldest first.
   *
   * @param most how many are listed; {@code count} counts all
   */
  JsonObject list(ClientIdentity caller, int most) {
    JsonArrayBuilder list = json.createArrayBuilder();
    long[] count = new long[1];
    Stream<Tunnel> seen = tunnels.all().stream().filter(tunnel -> isSeenBy(caller, tunnel));
    seen.peek(tunnel -> count[0]++)
        .sorted(Comparator.comparing(Tunnel::openedAt))
        .limit(most)
        .forEach(tunnel -> list.add(one(tunnel)));
    return json.createObjectBuilder().add("sessions", list).add("count", count[0]).build();
  }

  /** What there is to say about a tunnel. */
  JsonObjectBuilder one(Tunnel tunnel) {
    ClientIdentity owner = tunnel.request().identity();
    JsonObjectBuilder one =
        json.createObjectBuilder()
            .add("id", tunnel.id())
            .add("state", tunnel.state().name().toLowerCase(Locale.ROOT))
            .add("subject", owner.subject())
            .add("method", owner.vouched().word())
            .add("roles", json.createArrayBuilder(owner.roles().stream().sorted().toList()))
            .add("client", tunnel.request().client())
            .add("target", tunnel.request().target());
    InetSocketAddress address = tunnel.target();
    if (address == null) {
      one.addNull("address");
    } else {
      one.add("address", address.getAddress().getHostAddress());
    }
    one.add("lane", tunnel.lane().word()).add("since", tunnel.openedAt().toString());
    addFigures(one, tunnel);
    one.add("paused", tunnel.isPaused());
    long throttle = tunnel.bytesPerSecond();
    return throttle == 0 ? one.addNull("bytesPerSecond") : one.add("bytesPerSecond", throttle);
  }

  private static void addFigures(JsonObjectBuilder one, Tunnel tunnel) {
    RelayStats stats = tunnel.stats();
    RateMeter.Rates rates = tunnel.rates();
    one.add("bytesUp", stats.bytesUp())
        .add("bytesDown", stats.bytesDown())
        .add("rateUp", rates.up())
        .add("rateDown", rates.down())
        .add("bufferedUp", stats.bufferedUp())
        .add("bufferedDown", stats.bufferedDown())
        .add("mark", stats.mark())
        .add("pausedUp", stats.pausedUp())
        .add("pausedDown", stats.pausedDown())
        .add("pausedMillisUp", TimeUnit.NANOSECONDS.toMillis(stats.pausedNanosUp()))
        .add("pausedMillisDown", TimeUnit.NANOSECONDS.toMillis(stats.pausedNanosDown()));
  }
}
