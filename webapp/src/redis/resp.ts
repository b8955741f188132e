/** RESP2 and RESP3, the protocol of Redis: replies read from any split, commands written. */
import { joined } from '../net/bytes';

export type Reply =
  | { readonly kind: 'simple'; readonly text: string }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'bulk'; readonly bytes: Uint8Array }
  | { readonly kind: 'nil' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'double'; readonly text: string }
  | { readonly kind: 'verbatim'; readonly format: string; readonly bytes: Uint8Array }
  | { readonly kind: 'array' | 'set' | 'push'; readonly items: readonly Reply[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [Reply, Reply])[] };

/** What a server sends is no RESP, or more than is taken. */
export class RespError extends Error {}

const CR = 13;
const LF = 10;
const decoder = new TextDecoder();
const encoder = new TextEncoder();
/** Bounds for what one reply, with all that is nested in it, may make the page hold. */
const LONGEST_LINE = 64 * 1024;
const MOST_BYTES = 512 << 20;
const MOST_ITEMS = 1 << 20;
const DEEPEST = 128;

interface Open {
  readonly kind: 'array' | 'set' | 'push' | 'map' | 'attribute';
  left: number;
  readonly items: Reply[];
}

/** Takes bytes as they come and gives each reply once it is whole. */
export class RespReader {
  private line: number[] = [];
  private bulk: { readonly bytes: Uint8Array; at: number; readonly type: string } | null = null;
  private tail = 0;
  private readonly open: Open[] = [];
  /** Announced by the reply that is being read. */
  private bytes = 0;
  private items = 0;

  constructor(private readonly onReply: (reply: Reply) => void) {}

  /** @throws RespError once the stream cannot be understood any more */
  receive(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      if (this.bulk && this.bulk.at < this.bulk.bytes.length) {
        const part = bytes.subarray(at, at + this.bulk.bytes.length - this.bulk.at);
        this.bulk.bytes.set(part, this.bulk.at);
        this.bulk.at += part.length;
        at += part.length;
      } else if (this.bulk) this.bulkEnd(bytes[at++] as number);
      else this.lineByte(bytes[at++] as number);
    }
  }

  private bulkEnd(byte: number): void {
    if (byte !== (this.tail === 0 ? CR : LF)) throw new RespError('a bulk string does not end where it says');
    if (++this.tail < 2 || !this.bulk) return;
    const { bytes, type } = this.bulk;
    this.bulk = null;
    this.tail = 0;
    if (type === '=') this.value({ kind: 'verbatim', format: decoder.decode(bytes.subarray(0, 3)), bytes: bytes.subarray(4) });
    else this.value(type === '!' ? { kind: 'error', text: decoder.decode(bytes) } : { kind: 'bulk', bytes });
  }

  private lineByte(byte: number): void {
    if (byte !== LF || this.line.at(-1) !== CR) {
      if (this.line.length >= LONGEST_LINE) throw new RespError('a line is too long');
      this.line.push(byte);
      return;
    }
    this.count(this.line.length);
    const text = decoder.decode(Uint8Array.from(this.line.slice(0, -1)));
    this.line = [];
    this.head(text[0] ?? '', text.slice(1));
  }

  private head(type: string, rest: string): void {
    switch (type) {
      case '+':
        return this.value({ kind: 'simple', text: rest });
      case '-':
        return this.value({ kind: 'error', text: rest });
      case ':':
      case '(':
        return this.value({ kind: 'number', text: rest });
      case ',':
        return this.value({ kind: 'double', text: rest });
      case '#':
        return this.value({ kind: 'boolean', value: rest === 't' });
      case '_':
        return this.value({ kind: 'nil' });
      case '$':
      case '=':
      case '!':
        return this.startBulk(type, length(rest));
      case '*':
        return this.start('array', length(rest));
      case '~':
        return this.start('set', length(rest));
      case '>':
        return this.start('push', length(rest));
      case '%':
        return this.start('map', 2 * length(rest));
      case '|':
        return this.start('attribute', 2 * length(rest));
      default:
        throw new RespError(`this is no Redis: a reply cannot begin with ${JSON.stringify(type)}`);
    }
  }

  private count(bytes: number): void {
    this.bytes += bytes;
    if (this.bytes > MOST_BYTES) throw new RespError(`a reply of ${this.bytes} bytes is more than this console takes`);
  }

  private startBulk(type: string, size: number): void {
    this.count(Math.max(0, size));
    if (size < 0) this.value({ kind: 'nil' });
    else this.bulk = { bytes: new Uint8Array(size), at: 0, type };
  }

  private start(kind: Open['kind'], left: number): void {
    if (left < 0) return this.value({ kind: 'nil' });
    this.items += left;
    if (this.items > MOST_ITEMS) throw new RespError(`a reply of ${this.items} parts is more than this console takes`);
    if (this.open.length >= DEEPEST) throw new RespError('a reply is nested too deeply');
    this.open.push({ kind, left, items: [] });
    this.closeFull();
  }

  private value(reply: Reply): void {
    const parent = this.open.at(-1);
    if (!parent) {
      this.bytes = this.items = 0;
      return this.onReply(reply);
    }
    parent.items.push(reply);
    parent.left--;
    this.closeFull();
  }

  private closeFull(): void {
    const top = this.open.at(-1);
    if (!top || top.left > 0) return;
    this.open.pop();
    // attributes say something about the reply that follows; nothing here needs it
    if (top.kind === 'attribute') return;
    if (top.kind === 'map') {
      const entries = Array.from({ length: top.items.length / 2 }, (_, i) => [top.items[2 * i], top.items[2 * i + 1]] as [Reply, Reply]);
      this.value({ kind: 'map', entries });
    } else this.value({ kind: top.kind, items: top.items });
  }
}

function length(text: string): number {
  if (!/^(-1|\d{1,10})$/.test(text)) throw new RespError(`${JSON.stringify(text)} is no length`);
  return Number(text);
}

/** A command as an array of bulk strings. */
export function command(args: readonly (string | Uint8Array)[]): Uint8Array {
  const parts: Uint8Array[] = [encoder.encode(`*${args.length}\r\n`)];
  for (const arg of args) {
    const bytes = typeof arg === 'string' ? encoder.encode(arg) : arg;
    parts.push(encoder.encode(`$${bytes.length}\r\n`), bytes, Uint8Array.of(CR, LF));
  }
  return joined(parts);
}
