package dev.sluice.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The file's content, read whole: at most 1 MiB of UTF-8.
 *
 * @param root what it says; empty when that could not be read, which has been reported
 */
record FileContent(ConfigFile file, Optional<Tree> root) {

  static final int LONGEST = 1 << 20;

  /**
   * Reads the file.
   *
   * @param namedBy the property or variable that names it
   * @return empty when it cannot be opened, which has been reported
   */
  static Optional<FileContent> read(
      Path path, String namedBy, ConfigLoader.FileOpener opener, Problems problems) {
    byte[] bytes;
    try (InputStream in = opener.open(path)) {
      bytes = in.readNBytes(LONGEST + 1);
    } catch (NoSuchFileException e) {
      problems.add(
          namedBy, "names " + path + ", which does not exist", "create it or correct the path");
      return Optional.empty();
    } catch (AccessDeniedException e) {
      problems.add(
          namedBy, "names " + path + ", which this process may not read", "give it the right to");
      return Optional.empty();
    } catch (IOException e) {
      problems.add(
          namedBy,
          "names "
              + path
              + ", which cannot be read ("
              + Problems.printable(String.valueOf(e.getMessage()))
              + ")",
          "name a readable file");
      return Optional.empty();
    }
    Place place = new Place(path.toString(), "", problems);
    Optional<Tree> root = text(bytes, place).flatMap(text -> YamlReader.read(text, place));
    return Optional.of(new FileContent(new ConfigFile(path, sha256(bytes)), root));
  }

  private static Optional<String> text(byte[] bytes, Place place) {
    if (bytes.length > LONGEST) {
      place.report(0, "is longer than 1MiB", "keep to what a configuration needs");
      return Optional.empty();
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(in, out, true);
    out.flip();
    if (result.isError()) {
      int line = 1 + (int) out.chars().filter(c -> c == '\n').count();
      place.report(line, "is not UTF-8", "save it as UTF-8");
      return Optional.empty();
    }
    String text = out.toString();
    return Optional.of(text.startsWith("\ufeff") ? text.substring(1) : text);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
