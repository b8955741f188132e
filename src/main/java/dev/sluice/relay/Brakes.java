package dev.sluice.relay;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What holds one relay back by intention: an operator's pause, an operator's throttle, and the
 * throttles that it stands under from the start. The strictest counts. All may change while bytes
 * flow, and none loses any. Any thread.
 */
public final class Brakes {

  private final IoLoop loop;
  private final Brake up;
  private final Brake down;
  private final List<Throttle> standing = new ArrayList<>();
  private volatile boolean paused;
  private volatile long bytesPerSecond;

  private Brakes(IoLoop loop, Brake up, Brake down) {
    this.loop = loop;
    this.up = up;
    this.down = down;
  }

  /** Binds the brakes of both directions, before anything flows. */
  static Brakes of(Upstream up, Downstream down, IoLoop loop, RelaySettings settings) {
    up.brake().bind(loop, up::released);
    down.brake().bind(loop, down::released);
    Brakes brakes = new Brakes(loop, up.brake(), down.brake());
    if (settings.bytesPerSecond() > 0) {
      brakes.standUnder(new Throttle(settings.bytesPerSecond()));
    }
    return brakes;
  }

  /** Puts the relay under one more throttle for good, which others may stand under too. */
  public void standUnder(Throttle throttle) {
    loop.execute(
        () -> {
          standing.add(throttle);
          apply();
        });
  }

  /**
   * Stops both directions, or lets them go on. While they are stopped nothing is handed to either
   * end; what has been handed to the container or to the kernel before is with them.
   */
  public void pause(boolean on) {
    paused = on;
    loop.execute(
        () -> {
          up.pause(paused);
          down.pause(paused);
        });
  }

  /**
   * Lets at most so many bytes a second pass each way, beside the throttles that it stands under.
   *
   * @param most bytes a second; zero lifts what was said before
   */
  public void throttle(long most) {
    if (most < 0) {
      throw new IllegalArgumentException("bytes per second: " + most);
    }
    bytesPerSecond = most;
    loop.execute(this::apply);
  }

  /** What {@link #pause} said last. */
  public boolean isPaused() {
    return paused;
  }

  /** What {@link #throttle} said last; zero: nothing. */
  public long bytesPerSecond() {
    return bytesPerSecond;
  }

  private void apply() {
    long own = bytesPerSecond;
    Throttle operators = own == 0 ? null : new Throttle(own);
    up.setRates(rates(operators, Throttle::up));
    down.setRates(rates(operators, Throttle::down));
  }

  private List<ByteRate> rates(@Nullable Throttle operators, Function<Throttle, ByteRate> way) {
    List<ByteRate> rates = new ArrayList<>();
    standing.forEach(throttle -> rates.add(way.apply(throttle)));
    if (operators != null) {
      rates.add(way.apply(operators));
    }
    return rates;
  }

  /** The relay has ended. The loop's thread. */
  void end() {
    up.end();
    down.end();
  }
}
