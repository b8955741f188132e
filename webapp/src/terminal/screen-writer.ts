/** Anything that shows text and says when it has. */
export interface Screen {
  write(text: string, shown: () => void): void;
}

/** Characters per write: small, so that the page draws and hears keys in between. */
const SLICE = 8192;

/**
 * Writes a target's bytes at the speed at which the screen shows them: each slice waits for the
 * one before, and whoever feeds bytes waits for the last. So a flood fills no queue of the page.
 */
export class ScreenWriter {
  private readonly decoder = new TextDecoder();
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly screen: Screen,
    private readonly filter: (text: string) => string,
  ) {}

  /** Fulfilled when all of it, and all before it, is on the screen. */
  write(bytes: Uint8Array): Promise<void> {
    const text = this.decoder.decode(bytes, { stream: true });
    return (this.last = this.last.then(async () => {
      for (let at = 0; at < text.length; at += SLICE) {
        const safe = this.filter(text.slice(at, at + SLICE));
        if (safe) await new Promise<void>((shown) => this.screen.write(safe, shown));
      }
    }));
  }
}
