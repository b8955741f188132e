/** The data types of RFC 4251 §5, as SSH keys and SFTP use them. */

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class WireReader {
  private at = 0;
  private readonly view: DataView;

  constructor(private readonly bytes: Uint8Array) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get rest(): number {
    return this.bytes.length - this.at;
  }

  byte(): number {
    return this.raw(1)[0] as number;
  }

  uint32(): number {
    this.raw(4);
    return this.view.getUint32(this.at - 4);
  }

  uint64(): number {
    return this.uint32() * 2 ** 32 + this.uint32();
  }

  /** The next `length` bytes. @throws RangeError past the end */
  raw(length: number): Uint8Array {
    if (length > this.rest) throw new RangeError('the data ends too early');
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }

  string(): Uint8Array {
    return this.raw(this.uint32());
  }

  text(): string {
    return decoder.decode(this.string());
  }
}

export class WireWriter {
  private bytes = new Uint8Array(256);
  private at = 0;

  private room(length: number): void {
    if (this.at + length <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(this.bytes.length * 2, this.at + length));
    larger.set(this.bytes);
    this.bytes = larger;
  }

  byte(value: number): this {
    this.room(1);
    this.bytes[this.at++] = value;
    return this;
  }

  uint32(value: number): this {
    this.room(4);
    new DataView(this.bytes.buffer).setUint32(this.at, value);
    this.at += 4;
    return this;
  }

  uint64(value: number): this {
    return this.uint32(Math.floor(value / 2 ** 32)).uint32(value % 2 ** 32);
  }

  string(value: Uint8Array | string): this {
    const data = typeof value === 'string' ? encoder.encode(value) : value;
    this.uint32(data.length);
    this.room(data.length);
    this.bytes.set(data, this.at);
    this.at += data.length;
    return this;
  }

  result(): Uint8Array {
    return this.bytes.subarray(0, this.at);
  }
}
