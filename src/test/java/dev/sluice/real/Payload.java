package dev.sluice.real;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** Files of random bytes and the checksums that prove they arrived whole. */
final class Payload {

  private static final int BLOCK = 1 << 20;

  private Payload() {}

  /** Writes {@code mebibytes} MiB, never the same, into a new file in {@code dir}. */
  static Path file(Path dir, int mebibytes) throws IOException {
    Path file = Files.createTempFile(dir, "payload", ".bin");
    Random random = new Random();
    byte[] block = new byte[BLOCK];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int i = 0; i < mebibytes; i++) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    return file;
  }

  /** SHA-256 of {@code file}, in hexadecimal. */
  static String sha256(Path file) throws IOException {
    return sha256(file, Files.size(file));
  }

  /** SHA-256 of the first {@code length} bytes of {@code file}, in hexadecimal. */
  static String sha256(Path file, long length) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] block = new byte[BLOCK];
      long left = length;
      for (int n; left > 0 && (n = in.read(block, 0, (int) Math.min(BLOCK, left))) > 0; left -= n) {
        digest.update(block, 0, n);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
