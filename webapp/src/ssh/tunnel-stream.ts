import { Buffer } from './runtime';
import type { Stream } from '@microsoft/dev-tunnels-ssh';
import { Emitter } from 'vscode-jsonrpc';

/**
 * The tunnel as the SSH library's stream. A message counts as taken once it was read to its end:
 * what SSH does not read stops the target.
 */
export class TunnelStream implements Stream {
  private readonly closing = new Emitter<{ error?: Error }>();
  readonly closed = this.closing.event;
  isDisposed = false;
  private rest: Buffer | null = null;
  private taken: (() => void) | null = null;
  private reader: ((bytes: Buffer | null) => void) | null = null;
  private wanted = 0;
  private ended = false;

  constructor(
    private readonly send: (bytes: Uint8Array) => Promise<void>,
    private readonly end: () => void,
  ) {}

  /** The next message of the tunnel; fulfilled when it is read. Called one after another. */
  push(bytes: Uint8Array): Promise<void> {
    if (this.isDisposed || bytes.length === 0) return Promise.resolve();
    return new Promise((taken) => {
      this.rest = Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
      this.taken = taken;
      this.serve();
    });
  }

  /** The tunnel has ended. */
  finish(): void {
    this.ended = true;
    this.serve();
    if (!this.isDisposed) this.closing.fire({});
  }

  private serve(): void {
    if (!this.reader) return;
    if (this.rest) {
      const part = this.rest.subarray(0, this.wanted) as Buffer;
      const left = this.rest.subarray(part.length) as Buffer;
      this.rest = left.length ? left : null;
      this.answer(part);
      if (!this.rest) {
        this.taken?.();
        this.taken = null;
      }
    } else if (this.ended) this.answer(null);
  }

  private answer(bytes: Buffer | null): void {
    const { reader } = this;
    this.reader = null;
    reader?.(bytes);
  }

  read(count: number): Promise<Buffer | null> {
    return new Promise((resolve) => {
      this.reader = resolve;
      this.wanted = count;
      this.serve();
    });
  }

  write(data: Buffer): Promise<void> {
    // the library reuses its buffer
    return this.send(new Uint8Array(data));
  }

  async close(): Promise<void> {
    this.dispose();
  }

  dispose(): void {
    if (this.isDisposed) return;
    this.isDisposed = true;
    this.ended = true;
    this.rest = null;
    this.taken?.();
    this.answer(null);
    this.end();
  }
}
