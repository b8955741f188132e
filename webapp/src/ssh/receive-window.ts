/** The window with which a channel is opened, and the least: some screens of text, even in colour. */
export const LEAST_WINDOW = 64 * 1024;
const MOST_WINDOW = 1 << 20;
/** Milliseconds that the terminal may need for what the server was allowed to send. */
const MOST_BEHIND = 50;
/** Milliseconds over which its speed is measured. */
const PERIOD = 100;

/**
 * How much a server may send before it is shown (RFC 4254 §5.2). All of it is in front of the answer
 * to a Ctrl-C, so it is what the terminal shows in a moment: more where it is fast, or a distant
 * server would wait for each grant.
 */
export class ReceiveWindow {
  private wanted = LEAST_WINDOW;
  /** Granted and not shown yet, wherever it is. */
  private outstanding = LEAST_WINDOW;
  private measured = 0;
  private since: number;

  /** @param grant allows the server this many bytes more */
  constructor(
    private readonly grant: (bytes: number) => void,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.since = now();
  }

  /** So many bytes of the channel are on the screen. */
  shown(bytes: number): void {
    this.measure(bytes);
    this.outstanding -= bytes;
    const missing = this.wanted - this.outstanding;
    if (missing < this.wanted / 4) return; // each grant is a message
    this.outstanding = this.wanted;
    this.grant(missing);
  }

  private measure(bytes: number): void {
    this.measured += bytes;
    const millis = this.now() - this.since;
    if (millis < PERIOD) return;
    const speed = this.measured / millis;
    this.wanted = Math.min(MOST_WINDOW, Math.max(LEAST_WINDOW, Math.round(speed * MOST_BEHIND)));
    this.measured = 0;
    this.since += millis;
  }
}
