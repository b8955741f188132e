/** Anything that shows text and says when it has. */
export interface Screen {
  write(text: string, shown: () => void): void;
}

/** Characters per write: small, so that the screen can draw and hear keys in between. */
const SLICE = 8192;
/** Characters that the screen may have before it: enough that it never runs dry. */
const AHEAD = 256 * 1024;

/**
 * Writes a target's bytes at the speed at which the screen shows them: only a bounded part is
 * ahead of it, and whoever feeds bytes waits for theirs to be shown. So a flood fills no queue.
 */
export class ScreenWriter {
  private readonly decoder = new TextDecoder();
  private last: Promise<void> = Promise.resolve();
  private ahead = 0;
  private room: (() => void) | null = null;

  constructor(
    private readonly screen: Screen,
    private readonly filter: (text: string) => string,
  ) {}

  /** Fulfilled when all of it, and all before it, is on the screen. */
  write(bytes: Uint8Array): Promise<void> {
    const text = this.decoder.decode(bytes, { stream: true });
    const handed = this.last.then(() => this.handOver(text));
    this.last = handed.then(() => {});
    return handed.then(({ shown }) => shown);
  }

  /** Fulfilled when the screen has it all, with a promise for when it is shown. */
  private async handOver(text: string): Promise<{ shown: Promise<void> }> {
    let shown = Promise.resolve();
    for (let at = 0; at < text.length; at += SLICE) {
      const safe = this.filter(text.slice(at, at + SLICE));
      if (!safe) continue;
      while (this.ahead > AHEAD) await new Promise<void>((room) => (this.room = room));
      this.ahead += safe.length;
      shown = new Promise((done) => {
        this.screen.write(safe, () => {
          this.ahead -= safe.length;
          this.room?.();
          this.room = null;
          done();
        });
      });
    }
    return { shown };
  }
}
