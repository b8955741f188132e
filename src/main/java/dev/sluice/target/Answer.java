package dev.sluice.target;

/**
 * One address that a target has, and what it is to this gateway.
 *
 * @param address the address
 * @param addressClass its class, {@link AddressClass#SELF} included
 * @param liftable whether a rule or a named target may allow it although it is not public
 */
public record Answer(IpAddress address, AddressClass addressClass, boolean liftable) {
  @Override
  public String toString() {
    return address + " (" + addressClass.word() + ")";
  }
}
