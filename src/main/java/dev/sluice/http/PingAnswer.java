package dev.sluice.http;

import dev.sluice.probe.PingResult;
import dev.sluice.probe.PingSample;
import dev.sluice.probe.ProbeFailure;
import dev.sluice.probe.RoundTrips;
import dev.sluice.target.HostPort;
import dev.sluice.target.IpAddress;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * A TCP ping's answer. Times are milliseconds with two decimals; a lost sample is {@code null} in
 * {@code samples}. When all are lost, {@code success} is false, {@code rtt}, {@code min}, {@code
 * avg}, {@code max} and {@code stddev} are null and {@code code} says why.
 *
 * @param decidingNanos name lookup and policy, which are no part of any round trip
 */
record PingAnswer(HostPort target, long decidingNanos, PingResult result) implements ProbeAnswer {

  @Override
  public String outcome() {
    ProbeFailure failure = result.last().failure();
    return result.roundTrips().isPresent() || failure == null ? "success" : failure.code();
  }

  @Override
  public JsonObject toJson() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("success", result.roundTrips().isPresent())
            .add("host", target.host().text())
            .add("port", target.port())
            .add("address", address())
            .add("message", message());
    result.roundTrips().ifPresentOrElse(times -> addTimes(json, times), () -> addNoTimes(json));
    JsonArrayBuilder samples = Json.createArrayBuilder();
    for (PingSample sample : result.samples()) {
      if (sample.isLost()) {
        samples.addNull();
      } else {
        samples.add(Millis.of(sample.nanos()));
      }
    }
    return json.add("samples", samples)
        .add("lost", result.lost())
        .add("dnsMillis", Millis.of(decidingNanos))
        .build();
  }

  @Override
  public String toText() {
    String peer = target.text();
    StringBuilder text = new StringBuilder();
    for (PingSample sample : result.samples()) {
      text.append(peer).append(' ');
      if (sample.isLost()) {
        text.append("failed: ").append(sample.message()).append('\n');
      } else {
        text.append("open ").append(Millis.of(sample.nanos())).append(" ms\n");
      }
    }
    if (result.samples().size() > 1) {
      text.append(result.samples().size()).append(" samples, ");
      text.append(result.lost()).append(" lost");
      result.roundTrips().ifPresent(times -> text.append(summary(times)));
      text.append('\n');
    }
    return text.toString();
  }

  private static String summary(RoundTrips times) {
    return ", min/avg/max/stddev %s/%s/%s/%s ms"
        .formatted(
            Millis.of(times.min()),
            Millis.of(times.average()),
            Millis.of(times.max()),
            Millis.of(times.stddev()));
  }

  private void addTimes(JsonObjectBuilder json, RoundTrips times) {
    // the average of one is that one
    json.add("rtt", Millis.of(times.average()))
        .add("min", Millis.of(times.min()))
        .add("avg", Millis.of(times.average()))
        .add("max", Millis.of(times.max()))
        .add("stddev", Millis.of(times.stddev()));
  }

  private void addNoTimes(JsonObjectBuilder json) {
    json.add("code", outcome())
        .addNull("rtt")
        .addNull("min")
        .addNull("avg")
        .addNull("max")
        .addNull("stddev");
  }

  private String message() {
    int total = result.samples().size();
    if (result.roundTrips().isEmpty()) {
      return result.last().message();
    }
    return result.lost() == 0 ? "open" : "open, %d of %d lost".formatted(result.lost(), total);
  }

  private String address() {
    return IpAddress.of(result.address().getAddress()).toString();
  }
}
