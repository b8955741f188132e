import { joined } from './bytes';

/** Bytes that may wait before whoever sends has to. */
const SEND_AHEAD = 1 << 20;
/** Most bytes that leave as one message. */
const MOST_AT_ONCE = 256 * 1024;

/**
 * Sends in order, one write at a time; what comes while a write is under way leaves together with
 * the next one. So many small pieces cost few messages.
 */
export class Outbox {
  private waiting: Uint8Array[] = [];
  private bytes = 0;
  private running = false;
  private failure: Error | null = null;
  private blocked: { resolve: () => void; reject: (error: Error) => void }[] = [];

  constructor(private readonly write: (bytes: Uint8Array) => Promise<void>) {}

  /** Fulfilled when there is room for more; rejected once a write has failed. */
  async send(bytes: Uint8Array): Promise<void> {
    if (this.failure) throw this.failure;
    this.waiting.push(bytes);
    this.bytes += bytes.length;
    if (!this.running) void this.run();
    if (this.bytes > SEND_AHEAD) await new Promise<void>((resolve, reject) => this.blocked.push({ resolve, reject }));
  }

  private async run(): Promise<void> {
    this.running = true;
    try {
      while (this.waiting.length) {
        const next = this.take();
        await this.write(next);
        this.bytes -= next.length;
        if (this.bytes <= SEND_AHEAD) for (const { resolve } of this.blocked.splice(0)) resolve();
      }
    } catch (failure) {
      this.failure = failure as Error;
      this.waiting = [];
      for (const { reject } of this.blocked.splice(0)) reject(this.failure);
    }
    this.running = false;
  }

  private take(): Uint8Array {
    let length = this.waiting[0]?.length ?? 0;
    let count = 1;
    while (count < this.waiting.length && length + (this.waiting[count] as Uint8Array).length <= MOST_AT_ONCE) {
      length += (this.waiting[count++] as Uint8Array).length;
    }
    const parts = this.waiting.splice(0, count);
    return parts.length === 1 ? (parts[0] as Uint8Array) : joined(parts);
  }
}
