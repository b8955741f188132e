package dev.sluice.target;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * What is this gateway: its interfaces' addresses, asked each time since they come and go, and the
 * ports it listens on, which an app server does not tell and the first requests do. Any thread.
 */
public final class SelfAddresses {
  private final Predicate<IpAddress> onInterface;
  private final Set<Integer> ports = ConcurrentHashMap.newKeySet();

  SelfAddresses(Predicate<IpAddress> onInterface) {
    this.onInterface = onInterface;
  }

  /** By this machine's interfaces, with no port learnt yet. */
  public static SelfAddresses ofThisMachine() {
    return new SelfAddresses(SelfAddresses::isOnInterface);
  }

  /** Remembers that the gateway is served on this port; what is no port is ignored. */
  public void learnPort(int port) {
    if (port > 0) {
      ports.add(port);
    }
  }

  /**
   * The class of an address as the target of a dial to this port.
   *
   * <p>On one of the gateway's own ports every address of this machine is {@code self} and stays
   * so, and an address of {@code fronts} is on every port. The other services of this machine are
   * {@code loopback}, or a {@code self} that a rule may lift.
   *
   * @param fronts the load balancer and sibling addresses
   */
  Answer classify(IpAddress address, int port, Collection<Network> fronts) {
    AddressClass natural = AddressClass.of(address);
    for (Network front : fronts) {
      if (front.contains(address)) {
        return new Answer(address, AddressClass.SELF, false);
      }
    }
    return switch (natural) {
      case LOOPBACK -> own(address, AddressClass.LOOPBACK, port);
      case PUBLIC, PRIVATE ->
          onInterface.test(address)
              ? own(address, AddressClass.SELF, port)
              : new Answer(address, natural, natural == AddressClass.PRIVATE);
      default -> new Answer(address, natural, false);
    };
  }

  private Answer own(IpAddress address, AddressClass elsewhere, int port) {
    return ports.contains(port)
        ? new Answer(address, AddressClass.SELF, false)
        : new Answer(address, elsewhere, true);
  }

  /** Whether an interface of this machine has the address now. */
  static boolean isOnInterface(IpAddress address) {
    try {
      return NetworkInterface.getByInetAddress(address.toInetAddress()) != null;
    } catch (SocketException e) {
      return true; // not known is not safe
    }
  }
}
