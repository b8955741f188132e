package dev.sluice.target;

/**
 * A named target as asked for. Any text: whether such a name exists is not for a client to learn.
 *
 * @param name as it came
 */
public record TargetName(String name) implements Requested {
  @Override
  public String text() {
    return NamedTarget.isName(name) ? name : Quoted.of(name);
  }
}
