package dev.sluice.http;

import dev.sluice.access.ClientIdentity;
import dev.sluice.tunnel.Tunnel;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What somebody does to an open tunnel. Its text is for records. */
sealed interface SessionChange {

  /** Does it. */
  void apply(Tunnel tunnel, ClientIdentity by);

  /** Ends it. */
  record End() implements SessionChange {
    @Override
    public void apply(Tunnel tunnel, ClientIdentity by) {
      tunnel.revoke("ended by " + by.vouched().word() + " " + by.subject());
    }

    @Override
    public String toString() {
      return "end";
    }
  }

  /**
   * Slows it down, or no longer.
   *
   * @param paused whether nothing is to move; empty: as it is
   * @param bytesPerSecond each way; zero: no throttle; empty: as it is
   */
  record Flow(Optional<Boolean> paused, OptionalLong bytesPerSecond) implements SessionChange {
    @Override
    public void apply(Tunnel tunnel, ClientIdentity by) {
      bytesPerSecond.ifPresent(tunnel::throttle);
      paused.ifPresent(tunnel::pause);
    }

    @Override
    public String toString() {
      String pause = paused.map(on -> on ? "pause" : "go on").orElse("");
      String rate =
          bytesPerSecond.isPresent() ? "throttle " + bytesPerSecond.getAsLong() + " B/s" : "";
      return pause.isEmpty() || rate.isEmpty() ? pause + rate : pause + ", " + rate;
    }
  }

  /** The most digits of a rate: more than any network has. */
  Pattern RATE = Pattern.compile("[1-9][0-9]{0,14}");

  /**
   * Reads {@code {"paused"?,"bytesPerSecond"?}}.
   *
   * @throws RefusalException saying what is wrong
   */
  static SessionChange read(@Nullable String contentType, byte[] body) {
    List<String> known = List.of("paused", "bytesPerSecond");
    JsonMembers members = JsonMembers.parse(contentType, body, known, known);
    if (known.stream().noneMatch(members::has)) {
      throw RefusalException.badRequest("neither \"paused\" nor \"bytesPerSecond\" is there");
    }
    OptionalLong rate = OptionalLong.empty();
    if (members.isNull("bytesPerSecond")) {
      rate = OptionalLong.of(0);
    } else if (members.has("bytesPerSecond")) {
      String text = members.integer("bytesPerSecond").orElse("");
      if (!RATE.matcher(text).matches()) {
        throw RefusalException.badRequest(
            "member \"bytesPerSecond\" must be from 1 to 999999999999999, or null for no limit");
      }
      rate = OptionalLong.of(Long.parseLong(text));
    }
    return new Flow(members.truth("paused"), rate);
  }
}
