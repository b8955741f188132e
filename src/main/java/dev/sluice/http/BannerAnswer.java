package dev.sluice.http;

import dev.sluice.probe.BannerResult;
import dev.sluice.probe.SshIdentification;
import dev.sluice.target.HostPort;
import dev.sluice.target.IpAddress;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/**
 * An SSH banner's answer. {@code rtt} is the TCP connect in milliseconds with two decimals. Of what
 * is no SSH server or cannot be reached, {@code success} is false and {@code code} and {@code
 * message} say which.
 */
record BannerAnswer(HostPort target, BannerResult result) implements ProbeAnswer {

  @Override
  public String outcome() {
    return result instanceof BannerResult.Failed failed ? failed.failure().code() : "success";
  }

  @Override
  public JsonObject toJson() {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("success", result instanceof BannerResult.Found)
            .add("host", target.host().text())
            .add("port", target.port());
    if (result instanceof BannerResult.Found found) {
      SshIdentification id = found.identification();
      json.add("address", IpAddress.of(found.address().getAddress()).toString())
          .add("banner", id.banner())
          .add("protocol", id.protocol())
          .add("software", id.software())
          .add("comments", id.comments())
          .add("rtt", Millis.of(found.connectNanos()));
    } else if (result instanceof BannerResult.Failed failed) {
      json.add("code", failed.failure().code()).add("message", failed.message());
    }
    return json.build();
  }

  @Override
  public String toText() {
    if (result instanceof BannerResult.Found found) {
      return "%s %s %s ms\n"
          .formatted(
              target.text(), found.identification().banner(), Millis.of(found.connectNanos()));
    }
    return "%s failed: %s\n".formatted(target.text(), ((BannerResult.Failed) result).message());
  }
}
