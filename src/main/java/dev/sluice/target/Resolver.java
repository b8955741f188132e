package dev.sluice.target;

/** Finds the addresses of names. */
@FunctionalInterface
public interface Resolver {

  /**
   * Looks the name up once: all its addresses, or a failure. Blocks, for no longer than the
   * implementation's deadline, and remembers nothing.
   *
   * @param name canonical, see {@link Host.Name}
   * @throws ResolutionException if there is no complete and sound answer in time
   */
  Resolution resolve(String name) throws ResolutionException;
}
