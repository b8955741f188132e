/** What went over a raw tunnel, in order, bounded. */
import { joined } from '../net/bytes';

export interface Piece {
  readonly id: number;
  readonly way: 'up' | 'down';
  readonly at: Date;
  /** Where it begins in the bytes of its way. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** A piece grows by what follows within this time. */
const JOIN_MILLIS = 50;
const LONGEST_PIECE = 4096;

/**
 * Keeps the last bytes of both ways as pieces to show, and up to a bound all of them to save.
 *
 * @param shown bytes that are kept to be shown
 * @param saved bytes of each way that are kept to be saved
 */
export class Transcript {
  readonly pieces: Piece[] = [];
  private readonly kept = { up: [] as Uint8Array[], down: [] as Uint8Array[] };
  private readonly totals = { up: 0, down: 0 };
  private shownBytes = 0;
  private nextId = 0;

  constructor(
    private readonly shown = 256 * 1024,
    private readonly saved = 64 << 20,
  ) {}

  add(way: 'up' | 'down', bytes: Uint8Array, at = new Date()): void {
    if (this.totals[way] < this.saved) this.kept[way].push(bytes.slice(0, this.saved - this.totals[way]));
    let offset = this.totals[way];
    this.totals[way] += bytes.length;
    // only the end can stay on the screen
    const skip = Math.max(0, bytes.length - this.shown);
    offset += skip;
    for (let rest = bytes.subarray(skip); rest.length; ) {
      const taken = this.grow(way, rest, at) || this.start(way, rest, at, offset);
      offset += taken;
      rest = rest.subarray(taken);
    }
    while (this.shownBytes > this.shown && this.pieces.length > 1) this.shownBytes -= this.pieces.shift()?.bytes.length ?? 0;
  }

  private grow(way: 'up' | 'down', bytes: Uint8Array, at: Date): number {
    const last = this.pieces.at(-1);
    if (!last || last.way !== way || at.getTime() - last.at.getTime() > JOIN_MILLIS) return 0;
    const taken = bytes.subarray(0, LONGEST_PIECE - last.bytes.length);
    this.pieces[this.pieces.length - 1] = { ...last, bytes: joined([last.bytes, taken]) };
    this.shownBytes += taken.length;
    return taken.length;
  }

  private start(way: 'up' | 'down', bytes: Uint8Array, at: Date, offset: number): number {
    const taken = bytes.slice(0, LONGEST_PIECE);
    this.pieces.push({ id: this.nextId++, way, at, offset, bytes: taken });
    this.shownBytes += taken.length;
    return taken.length;
  }

  /** What is kept of one way, and whether that is all of it. */
  file(way: 'up' | 'down'): { blob: Blob; whole: boolean } {
    return { blob: new Blob(this.kept[way] as Uint8Array<ArrayBuffer>[]), whole: this.totals[way] <= this.saved };
  }

  clear(): void {
    this.pieces.length = 0;
    this.shownBytes = 0;
  }
}
