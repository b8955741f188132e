/** What one side of a tunnel counts. Plain fields: they are written once per message. */
export class Meter {
  /** Bytes that came from the target and were taken by the page. */
  down = 0;
  /** Bytes that were handed to the browser for the target. */
  up = 0;
  /** Bytes that have come and were not yet taken by the page. */
  waiting = 0;
  /** Milliseconds during which the page did not read because it was slowed down. */
  heldMillis = 0;
  readonly since = performance.now();
}

/** A meter's totals turned into rates, sampled at a steady pace. */
export class RateSampler {
  private down = 0;
  private up = 0;
  private held = 0;
  private at: number;

  constructor(private readonly meter: Meter) {
    this.at = meter.since;
  }

  /** Bytes per second each way since the last call, and the share of the time the page held back. */
  sample(now = performance.now()): { down: number; up: number; held: number } {
    const millis = Math.max(1, now - this.at);
    const rates = {
      down: ((this.meter.down - this.down) * 1000) / millis,
      up: ((this.meter.up - this.up) * 1000) / millis,
      held: Math.min(1, (this.meter.heldMillis - this.held) / millis),
    };
    this.down = this.meter.down;
    this.up = this.meter.up;
    this.held = this.meter.heldMillis;
    this.at = now;
    return rates;
  }
}
