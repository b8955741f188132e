/** Anything that shows text and says when it has. */
export interface Screen {
  write(text: string, shown: () => void): void;
}

/** Characters per write: small, so that the screen can draw and hear keys in between. */
const SLICE = 8192;
/** Characters that the screen may have before it: enough that it never runs dry, and cannot be taken back. */
const AHEAD = 128 * 1024;
/** More characters than this in a moment, some screens of text, no eye can follow. */
const FLOOD = 32 * 1024;
/** Milliseconds in which half of a flood is forgotten: longer than a busy machine stops for. */
const HALF_LIFE = 1000;

/**
 * Writes a target's bytes at the speed at which the screen shows them: only a bounded part is
 * ahead of it, and whoever feeds bytes waits for theirs to be shown. So a flood fills no queue.
 */
export class ScreenWriter {
  private decoder = new TextDecoder();
  private last: Promise<void> = Promise.resolve();
  private ahead = 0;
  private room: (() => void) | null = null;
  private dropped = 0;
  private readonly unshown = new Set<() => void>();
  private recent = 0;
  private lastAt = 0;

  constructor(
    private readonly screen: Screen,
    private readonly filter: (text: string) => string,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Fulfilled when all of it, and all before it, is on the screen, or there is no screen any more. */
  write(bytes: Uint8Array): Promise<void> {
    const text = this.decoder.decode(bytes, { stream: true });
    const { dropped } = this;
    const handed = this.last.then(() => this.handOver(text, dropped));
    this.last = handed.then(() => {});
    return new Promise((resolve) => {
      const done = () => {
        this.unshown.delete(done);
        resolve();
      };
      this.unshown.add(done);
      void handed.then(({ shown }) => shown).then(done);
    });
  }

  /** The screen is gone: nobody waits for it any more. */
  end(): void {
    this.drop();
    for (const done of [...this.unshown]) done();
  }

  /** Whether more comes than the eye can follow: then it sees the past, and more of it is on the way. */
  get flooded(): boolean {
    return this.recently() > FLOOD;
  }

  /** Characters of late, the latest counting most. */
  private recently(): number {
    return this.recent * 2 ** ((this.lastAt - this.now()) / HALF_LIFE);
  }

  /** Lets go of what was handed in and is not on its way to the screen yet. Begins anew with what comes. */
  drop(): void {
    this.dropped++;
    this.decoder = new TextDecoder();
    this.room?.();
    this.room = null;
  }

  /** Fulfilled when the screen has it all, with a promise for when it is shown. */
  private async handOver(text: string, dropped: number): Promise<{ shown: Promise<void> }> {
    let shown = Promise.resolve();
    for (let at = 0; at < text.length && dropped === this.dropped; at += SLICE) {
      const safe = this.filter(text.slice(at, at + SLICE));
      if (!safe) continue;
      while (this.ahead > AHEAD && dropped === this.dropped) await new Promise<void>((room) => (this.room = room));
      this.ahead += safe.length;
      this.recent = this.recently() + safe.length;
      this.lastAt = this.now();
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
