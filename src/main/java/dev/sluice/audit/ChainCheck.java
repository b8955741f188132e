package dev.sluice.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Checks a record: that every line is whole and fits the one before. Several files are one record,
 * in the order of their first lines, whatever order they are named in.
 *
 * <p>It finds what was changed, taken out or put in, with two exceptions that no chain of hashes
 * can find by itself: lines taken off the end, and a record that was made anew as a whole. Against
 * these the last hash has to be known from elsewhere, such as the server's log.
 */
public final class ChainCheck {

  /** How a check ended. */
  public sealed interface Result {

    /**
     * Every line fits.
     *
     * @param lines how many there are
     * @param first the number of the first; more than one where older files were not given
     * @param lastHash the hash of the last line; what the next will have
     */
    record Whole(long lines, long first, String lastHash) implements Result {}

    /**
     * A line does not fit.
     *
     * @param line its place in the file, from 1
     * @param how what is wrong with it
     */
    record Broken(Path file, long line, String how) implements Result {}
  }

  private long lines;
  private long first;
  private @Nullable Link link;
  private String hash = "";

  private ChainCheck() {}

  /**
   * Reads the files.
   *
   * @param files at least one
   * @throws IOException if one cannot be read
   */
  public static Result of(List<Path> files) throws IOException {
    ChainCheck check = new ChainCheck();
    for (Path file : inOrder(files)) {
      Optional<Result.Broken> broken = check.read(file);
      if (broken.isPresent()) {
        return broken.get();
      }
    }
    return new Result.Whole(check.lines, check.first, check.hash);
  }

  private static List<Path> inOrder(List<Path> files) throws IOException {
    record Numbered(Path file, long number) {}
    List<Numbered> numbered = new ArrayList<>();
    for (Path file : files) {
      try (BufferedReader reader = reader(file)) {
        String line = reader.readLine();
        // a file without a first line is reported where it is read
        long number =
            line == null ? Long.MAX_VALUE : Link.of(line).map(Link::number).orElse(Long.MIN_VALUE);
        numbered.add(new Numbered(file, number));
      }
    }
    numbered.sort(Comparator.comparingLong(Numbered::number));
    return numbered.stream().map(Numbered::file).toList();
  }

  private static BufferedReader reader(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1));
  }

  private Optional<Result.Broken> read(Path file) throws IOException {
    long at = 0;
    try (BufferedReader reader = reader(file)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        at++;
        String wrong = wrongWith(line);
        if (wrong != null) {
          return Optional.of(new Result.Broken(file, at, wrong));
        }
      }
    }
    return endsInLineFeed(file)
        ? Optional.empty()
        : Optional.of(
            new Result.Broken(
                file,
                at,
                "has no line feed: its writer was cut off, or writes it now. The next start of the"
                    + " gateway cuts the piece off and records it"));
  }

  private static boolean endsInLineFeed(Path file) throws IOException {
    try (SeekableByteChannel channel = Files.newByteChannel(file)) {
      long size = channel.size();
      if (size == 0) {
        return true;
      }
      ByteBuffer last = ByteBuffer.allocate(1);
      channel.position(size - 1).read(last);
      return last.get(0) == '\n';
    }
  }

  /** Null where the line fits. */
  private @Nullable String wrongWith(String line) {
    Optional<Link> found = Link.of(line);
    if (found.isEmpty()) {
      return "is no line of an audit record";
    }
    Link next = found.get();
    Link before = link;
    if (before == null) {
      first = next.number();
      if (first == 1 && !next.previous().equals(Chain.BEGINNING)) {
        return "is number 1 and yet has a line before it: a line was changed";
      }
    } else if (next.number() != before.number() + 1) {
      return "is number %d after number %d: lines were taken out, put in or moved"
          .formatted(next.number(), before.number());
    } else if (!next.previous().equals(hash)) {
      return "does not have the hash of the line before: that one was changed, or this one";
    }
    lines++;
    link = next;
    hash = Chain.hash(line);
    return null;
  }
}
