package dev.sluice.http;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Times as people read them: milliseconds, two decimals, rounded half up. */
final class Millis {

  private static final int NANOS_DECIMALS = 6;

  private Millis() {}

  static BigDecimal of(long nanos) {
    return BigDecimal.valueOf(nanos, NANOS_DECIMALS).setScale(2, RoundingMode.HALF_UP);
  }

  static BigDecimal of(double nanos) {
    return BigDecimal.valueOf(nanos)
        .movePointLeft(NANOS_DECIMALS)
        .setScale(2, RoundingMode.HALF_UP);
  }
}
