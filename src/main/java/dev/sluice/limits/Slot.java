package dev.sluice.limits;

/**
 * One thing that is counted.
 *
 * @param key whose: a user, an address, a target; of what the node has in all, the empty text
 */
public record Slot(Limit limit, String key) {

  /** What the node has in all. */
  public static Slot ofTheNode(Limit limit) {
    return new Slot(limit, "");
  }
}
