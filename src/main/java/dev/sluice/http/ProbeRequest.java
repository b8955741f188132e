package dev.sluice.http;

import dev.sluice.probe.TcpPing;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a probe address was asked, in the client's own spelling: host and port are texts that the
 * grammar has not seen yet.
 *
 * @param count samples, 1 to {@link TcpPing#MAX_COUNT}
 * @param timeout of each sample, 1 to 30 s: what is outside is clamped
 */
record ProbeRequest(String host, String port, int count, Duration timeout) {

  private static final String SSH_PORT = "22";
  private static final List<String> PING_MEMBERS = List.of("host", "port", "count", "timeout");
  private static final List<String> SSH_MEMBERS = List.of("host", "port");
  private static final BigInteger LEAST_SECONDS = BigInteger.ONE;
  private static final BigInteger MOST_SECONDS = BigInteger.valueOf(30);
  private static final String DEFAULT_COUNT = "1";
  private static final String DEFAULT_SECONDS = "5";
  private static final Pattern COUNT = Pattern.compile("[0-9]{1,2}");
  private static final Pattern SECONDS = Pattern.compile("-?[0-9]{1,20}");

  /**
   * Reads {@code {"host","port","count"?,"timeout"?}}; the port is an integer or a string, the
   * timeout whole seconds.
   *
   * @throws RefusalException saying what is wrong
   */
  static ProbeRequest ping(@Nullable String contentType, byte[] body) {
    JsonMembers members = JsonMembers.parse(contentType, body, PING_MEMBERS);
    String port =
        members
            .integerOrText("port")
            .orElseThrow(() -> RefusalException.badRequest("member \"port\" is missing"));
    return of(
        members.text("host"),
        port,
        members.integer("count").orElse(DEFAULT_COUNT),
        members.integer("timeout").orElse(DEFAULT_SECONDS));
  }

  /**
   * Reads {@code {"host","port"?}}; without a port it is 22.
   *
   * @throws RefusalException saying what is wrong
   */
  static ProbeRequest ssh(@Nullable String contentType, byte[] body) {
    JsonMembers members = JsonMembers.parse(contentType, body, SSH_MEMBERS);
    return of(
        members.text("host"),
        members.integerOrText("port").orElse(SSH_PORT),
        DEFAULT_COUNT,
        DEFAULT_SECONDS);
  }

  /**
   * Reads what follows {@code /ping/} in the raw path, {@code host:port}, and {@code count} and
   * {@code timeout} of the query.
   *
   * @throws RefusalException saying what is wrong
   */
  static ProbeRequest ping(String rawPath, Query query) {
    TargetPath path = TargetPath.parse(rawPath, null);
    return of(
        path.host(),
        path.port(),
        query.value("count").orElse(DEFAULT_COUNT),
        query.value("timeout").orElse(DEFAULT_SECONDS));
  }

  /**
   * Reads what follows {@code /ssh/} in the raw path, {@code host[:port]}.
   *
   * @throws RefusalException saying what is wrong
   */
  static ProbeRequest ssh(String rawPath) {
    TargetPath path = TargetPath.parse(rawPath, SSH_PORT);
    return of(path.host(), path.port(), DEFAULT_COUNT, DEFAULT_SECONDS);
  }

  private static ProbeRequest of(String host, String port, String count, String seconds) {
    int samples = COUNT.matcher(count).matches() ? Integer.parseInt(count) : 0;
    if (samples < 1 || samples > TcpPing.MAX_COUNT) {
      throw RefusalException.badRequest(
          "\"count\" must be a number from 1 to %d".formatted(TcpPing.MAX_COUNT));
    }
    if (!SECONDS.matcher(seconds).matches()) {
      throw RefusalException.badRequest("\"timeout\" must be a number of whole seconds");
    }
    BigInteger clamped = new BigInteger(seconds).max(LEAST_SECONDS).min(MOST_SECONDS);
    return new ProbeRequest(host, port, samples, Duration.ofSeconds(clamped.intValueExact()));
  }
}
