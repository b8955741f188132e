package dev.sluice.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The file of the record: appends whole lines, for its owner's eyes alone, and rotates. Another
 * process that has it open is refused, or two chains would be twisted into one. For one thread.
 */
final class AuditFile implements AutoCloseable {

  /** More than the longest line that is written, by far. */
  private static final int TAIL = 1 << 20;

  /** What every line begins with. */
  private static final String START = "{\"" + Chain.NUMBER + "\":";

  private final Path path;
  private final FileChannel channel;
  private final FileLock lock;
  private long size;

  private AuditFile(Path path, FileChannel channel, FileLock lock, long size) {
    this.path = path;
    this.channel = channel;
    this.lock = lock;
    this.size = size;
  }

  /**
   * What is at the end of a file.
   *
   * @param line the last whole line; empty in an empty file
   * @param torn what follows it without a line feed, of a process that was cut off while writing;
   *     empty where nothing does
   */
  record Tail(Optional<String> line, String torn) {}

  /**
   * Opens the file, making it where there is none.
   *
   * @throws IOException if it cannot be written, or another process writes it
   */
  static AuditFile open(Path path) throws IOException {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] own =
        posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            own);
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw new IOException("another process writes " + path);
      }
      return new AuditFile(path, channel, lock, channel.size());
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw new IOException("something else in this process writes " + path, e);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Reads the end, and cuts off what is torn.
   *
   * @throws IOException also if this is no file of ours, of which nothing is cut off
   */
  Tail mend() throws IOException {
    int length = (int) Math.min(size, TAIL);
    ByteBuffer bytes = ByteBuffer.allocate(length);
    while (bytes.hasRemaining() && channel.read(bytes, size - length + bytes.position()) >= 0) {
      // until it is whole
    }
    String text = StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
    int end = text.lastIndexOf('\n');
    String torn = text.substring(end + 1);
    Optional<String> line =
        end < 0
            ? Optional.empty()
            : Optional.of(text.substring(text.lastIndexOf('\n', end - 1) + 1, end));
    boolean ours = torn.startsWith(START) || START.startsWith(torn);
    if (!ours || (end < 0 && length < size)) {
      throw new IOException(path + " is no audit record: name another file, or move it away");
    }
    if (!torn.isEmpty()) {
      size -= torn.length();
      channel.truncate(size);
    }
    return new Tail(line, torn);
  }

  /**
   * Appends lines, each with its line feed, all or none of them.
   *
   * @throws IOException if they could not be written; the file is then as it was, as far as can be
   */
  void append(String lines) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.ISO_8859_1));
    long at = size;
    try {
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException | OutOfMemoryError e) {
      try {
        channel.truncate(size);
      } catch (IOException more) {
        e.addSuppressed(more);
      }
      throw e;
    }
    size = at;
  }

  /** Bytes in it. */
  long size() {
    return size;
  }

  /** Whether it is still what its path leads to: somebody may have moved or deleted it. */
  boolean isInPlace() {
    try {
      return Files.size(path) == size;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Makes room for a new file: this one becomes {@code path.1}, that one {@code path.2} and so on.
   * To be closed before.
   *
   * @param keep how many stay; the oldest is deleted
   */
  static void rotate(Path path, int keep) throws IOException {
    if (keep == 0) {
      Files.deleteIfExists(path);
      return;
    }
    for (int i = keep - 1; i >= 0; i--) {
      Path from = i == 0 ? path : numbered(path, i);
      if (Files.exists(from)) {
        Files.move(from, numbered(path, i + 1), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static Path numbered(Path path, int number) {
    return path.resolveSibling(path.getFileName() + "." + number);
  }

  /** Sees that the disk has it, and closes it. */
  @Override
  public void close() throws IOException {
    try (channel;
        lock) {
      channel.force(true);
    }
  }
}
