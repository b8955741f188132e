package dev.sluice.target;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rule's network: a CIDR block, or the word {@code public}.
 *
 * @param network the block; null for the word
 */
public record NetworkPattern(@Nullable Network network) {
  /** Every address of class {@link AddressClass#PUBLIC}. */
  public static final NetworkPattern PUBLIC = new NetworkPattern(null);

  /**
   * {@code public}, {@code 10.0.0.0/8}, {@code fd00::/8}, or one address.
   *
   * @throws InvalidTargetException if not so
   */
  public static NetworkPattern parse(String text) {
    return text.equals("public") ? PUBLIC : new NetworkPattern(Network.parse(text));
  }

  /** Whether the address lies inside, whatever its class to this gateway. */
  boolean contains(IpAddress address) {
    return network == null
        ? AddressClass.of(address) == AddressClass.PUBLIC
        : network.contains(address);
  }

  /**
   * Whether an allowing rule means this answer. What is not public must be liftable, and the
   * network must lie wholly inside the block of the address's own class: {@code 10.0.0.0/8} speaks
   * of private addresses, {@code 0.0.0.0/0} only happens to hold them.
   */
  boolean admits(Answer answer) {
    if (answer.addressClass() == AddressClass.PUBLIC) {
      return contains(answer.address());
    }
    return network != null
        && answer.liftable()
        && network.contains(answer.address())
        && AddressClass.containing(network).equals(Optional.of(AddressClass.of(answer.address())));
  }

  /** Whether this means all the internet, or a part of it that was not chosen with care. */
  boolean isBroad() {
    return network == null || AddressClass.containing(network).isEmpty();
  }

  @Override
  public String toString() {
    return network == null ? "public" : network.toString();
  }
}
