package dev.sluice.launcher.tls;

import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One block of a PEM file (RFC 7468); text around the blocks is passed over.
 *
 * @param label what follows {@code BEGIN}, such as {@code PRIVATE KEY}
 * @param base64 what stands between the two lines, as it stands there
 */
record PemBlock(String label, String base64) {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----(.*?)-----END \\1-----", Pattern.DOTALL);

  /** All blocks, in their order. */
  static List<PemBlock> of(String text) {
    return BLOCK.matcher(text).results().map(m -> new PemBlock(m.group(1), m.group(2))).toList();
  }

  /**
   * The bytes.
   *
   * @throws IllegalArgumentException if they are not base64
   */
  byte[] content() {
    return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
  }

  /** The block says nothing about its content, which may be a key. */
  @Override
  public String toString() {
    return label;
  }
}
