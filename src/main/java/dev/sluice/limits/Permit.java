package dev.sluice.limits;

/** Leave to have something open. */
@FunctionalInterface
public interface Permit extends AutoCloseable {

  /** Gives it back; any thread, any number of times: only the first counts. */
  @Override
  void close();
}
