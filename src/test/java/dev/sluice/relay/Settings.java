package dev.sluice.relay;

import java.time.Duration;
import java.util.function.Consumer;

/** Copies of a relay's settings in which a test changes what it is about. */
final class Settings {

  int highWater;
  int maxMessage;
  Duration dialTimeout;
  Duration idleTimeout;
  Duration sessionLimit;
  Duration stallTimeout;
  Duration linger;
  Duration ping;
  long bytesPerSecond;
  long byteLimit;

  private Settings(RelaySettings s) {
    highWater = s.highWater();
    maxMessage = s.maxMessage();
    dialTimeout = s.dialTimeout();
    idleTimeout = s.idleTimeout();
    sessionLimit = s.sessionLimit();
    stallTimeout = s.stallTimeout();
    linger = s.linger();
    ping = s.ping();
    bytesPerSecond = s.bytesPerSecond();
    byteLimit = s.byteLimit();
  }

  /** {@code usual} but for what {@code change} sets. */
  static RelaySettings of(RelaySettings usual, Consumer<Settings> change) {
    Settings s = new Settings(usual);
    change.accept(s);
    return new RelaySettings(
        s.highWater,
        s.maxMessage,
        s.dialTimeout,
        s.idleTimeout,
        s.sessionLimit,
        s.stallTimeout,
        s.linger,
        s.ping,
        usual.sendBuffer(),
        usual.receiveBuffer(),
        s.bytesPerSecond,
        s.byteLimit);
  }
}
