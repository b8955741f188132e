package dev.sluice.audit;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the record goes, from the node's start to its end.
 *
 * @param file where lines are appended; empty: no file of its own
 * @param maxSize bytes after which the file is rotated
 * @param keep how many rotated files stay beside it, as {@code file.1} (the newest) and on; zero:
 *     what has been rotated is deleted
 * @param log whether each line goes into the server's log too, under the name {@link
 *     AuditLog#LOGGER}
 * @param required whether new tunnels are refused while no event can be recorded
 * @param node the name of this node in every line
 */
public record AuditSettings(
    Optional<Path> file, long maxSize, int keep, boolean log, boolean required, String node) {

  /** What holds where nothing is configured: the server's log alone. */
  public static AuditSettings defaults() {
    return new AuditSettings(Optional.empty(), 64L << 20, 10, true, false, "");
  }
}
