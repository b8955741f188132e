/** Round trips of one target over time. */
export class PingSeries {
  /** Milliseconds; null is a lost one. */
  readonly samples: (number | null)[] = [];
  address = '';
  /** Why the last one was lost, or empty. */
  trouble = '';
  private sent = 0;
  private lostCount = 0;
  private sum = 0;
  private squares = 0;
  private least = Infinity;
  private most = 0;

  constructor(private readonly length = 300) {}

  add(sample: number | null): void {
    this.sent++;
    this.samples.push(sample);
    if (this.samples.length > this.length) this.samples.shift();
    if (sample === null) {
      this.lostCount++;
      return;
    }
    this.sum += sample;
    this.squares += sample * sample;
    this.least = Math.min(this.least, sample);
    this.most = Math.max(this.most, sample);
  }

  get count(): number {
    return this.sent;
  }

  /** Over all since the start, not only those kept; null while none came back. */
  get figures(): { min: number; avg: number; max: number; stddev: number } | null {
    const came = this.sent - this.lostCount;
    if (!came) return null;
    const avg = this.sum / came;
    return { min: this.least, avg, max: this.most, stddev: Math.sqrt(Math.max(0, this.squares / came - avg * avg)) };
  }

  /** Per cent. */
  get loss(): number {
    return this.sent ? (100 * this.lostCount) / this.sent : 0;
  }
}
