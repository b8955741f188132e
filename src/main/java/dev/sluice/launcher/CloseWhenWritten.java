package dev.sluice.launcher;

import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.EmptyCompletionHandler;

/**
 * Closes a connection behind the last write. It remembers the connection: the filter's context is
 * recycled before a write that the selector does has completed.
 */
final class CloseWhenWritten<R> extends EmptyCompletionHandler<R> {

  private final Connection<?> connection;

  CloseWhenWritten(Connection<?> connection) {
    this.connection = connection;
  }

  @Override
  public void completed(R result) {
    connection.closeSilently();
  }

  @Override
  public void failed(Throwable why) {
    connection.closeSilently();
  }
}
