package dev.sluice.access;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Where a set of public keys (RFC 7517) is: a file, or an address that only TLS vouches for. */
public sealed interface KeySource {

  /** More keys than this many bytes hold nobody has. */
  int LONGEST = 512 << 10;

  /** A path, or an {@code https} address. */
  String text();

  /**
   * Reads the whole set. May block for some seconds.
   *
   * @throws IOException if it cannot be read, or is longer than {@link #LONGEST}
   */
  String read() throws IOException;

  /**
   * Reads the set, to see whether it is one. May block for some seconds.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException saying why it is no set of usable keys
   */
  default void check() throws IOException {
    var unused = IssuerKeys.parse(read());
  }

  /**
   * Reads the text of a configuration.
   *
   * @throws IllegalArgumentException {@code what is wrong; what to write instead}
   */
  static KeySource parse(String text) {
    try {
      if (text.startsWith("https://")) {
        URI uri = new URI(text);
        if (uri.getHost() == null || uri.getUserInfo() != null) {
          throw new IllegalArgumentException(
              "'%s' has no plain host; write https://host/path".formatted(text));
        }
        return new Address(uri);
      }
      if (text.contains("://")) {
        throw new IllegalArgumentException(
            "'%s' is neither a file nor an https address; keys that come without TLS prove nothing"
                .formatted(text));
      }
      return new File(Path.of(text));
    } catch (URISyntaxException | InvalidPathException e) {
      throw new IllegalArgumentException(
          "'%s' is neither a path nor an address; write one".formatted(text), e);
    }
  }

  /** A file. */
  record File(Path path) implements KeySource {
    @Override
    public String text() {
      return path.toString();
    }

    @Override
    public String read() throws IOException {
      try (InputStream in = Files.newInputStream(path)) {
        return whole(in, Long.MAX_VALUE);
      }
    }
  }

  /** An address; a redirect is a failure, because only this very one is trusted. */
  record Address(URI uri) implements KeySource {

    private static final int TIMEOUT_MILLIS = 3_000;

    /** A server that sends a byte now and then would else hold its reader for hours. */
    private static final long BODY_NANOS = TimeUnit.SECONDS.toNanos(5);

    @Override
    public String text() {
      return uri.toString();
    }

    @Override
    public String read() throws IOException {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setInstanceFollowRedirects(false);
      connection.setUseCaches(false);
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setRequestProperty("Accept", "application/jwk-set+json, application/json");
      try {
        if (connection.getResponseCode() != HttpURLConnection.HTTP_OK) {
          throw new IOException("the answer is " + connection.getResponseCode());
        }
        try (InputStream in = connection.getInputStream()) {
          return whole(in, BODY_NANOS);
        }
      } finally {
        connection.disconnect();
      }
    }
  }

  private static String whole(InputStream in, long nanos) throws IOException {
    long since = System.nanoTime();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] part = new byte[8_192];
    for (int n = in.read(part); n >= 0; n = in.read(part)) {
      all.write(part, 0, n);
      if (all.size() > LONGEST) {
        throw new IOException("the key set is longer than " + LONGEST + " bytes");
      }
      if (System.nanoTime() - since > nanos) {
        throw new IOException("the key set did not come in time");
      }
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
