/** SFTP version 3 (draft-ietf-secsh-filexfer-02), which every OpenSSH speaks, over any byte stream. */
import { joined } from '../net/bytes';
import { WireReader, WireWriter } from './wire';

const INIT = 1, VERSION = 2, OPEN = 3, CLOSE = 4, READ = 5, WRITE = 6, OPENDIR = 11, READDIR = 12, REALPATH = 16;
const STATUS = 101, HANDLE = 102, DATA = 103, NAME = 104;
const EOF = 1;
const READ_ONLY = 1;
const WRITE_CREATE_TRUNCATE = 2 | 8 | 16;
const HAS_SIZE = 1, HAS_IDS = 2, HAS_PERMISSIONS = 4, HAS_TIMES = 8;
const DIRECTORY = 0o040000;
const TYPE_MASK = 0o170000;
/** Every server takes this much in one read or write. */
const CHUNK = 32 * 1024;
/** What an upload reads from the disk at a time. */
const BLOCK = 1 << 20;
/** Requests on their way at a time: what hides the round trip. */
const AHEAD = 32;
const LONGEST_PACKET = 256 * 1024 + 1024;

export interface Entry {
  readonly name: string;
  readonly directory: boolean;
  readonly size: number;
  /** Milliseconds since the epoch, or 0. */
  readonly modified: number;
}

/** The server said no. */
export class SftpError extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
  }
}

interface Reply {
  readonly type: number;
  readonly reader: WireReader;
}

type Progress = (done: number) => void;

export class SftpClient {
  private readonly waiting = new Map<number, { resolve: (reply: Reply) => void; reject: (error: Error) => void }>();
  private nextId = 1;
  private buffered: Uint8Array = new Uint8Array(0);
  private version: { resolve: () => void; reject: (error: Error) => void } | null = null;

  /** @param send writes to the server, in order */
  constructor(private readonly send: (bytes: Uint8Array) => Promise<void>) {}

  /** Bytes from the server, split anywhere. */
  receive(bytes: Uint8Array): void {
    const all = joined([this.buffered, bytes]);
    let at = 0;
    while (all.length - at >= 4) {
      const length = new DataView(all.buffer).getUint32(at);
      if (length > LONGEST_PACKET || length < 1) return this.fail(new Error('The server sends no SFTP.'));
      if (all.length - at - 4 < length) break;
      this.packet(all.subarray(at + 4, at + 4 + length));
      at += 4 + length;
    }
    this.buffered = all.slice(at);
  }

  private packet(bytes: Uint8Array): void {
    const reader = new WireReader(bytes);
    const type = reader.byte();
    if (type === VERSION) {
      this.version?.resolve();
      return;
    }
    const id = reader.uint32();
    const waiter = this.waiting.get(id);
    this.waiting.delete(id);
    waiter?.resolve({ type, reader });
  }

  /** The channel is gone: whoever waits is told. */
  fail(error: Error): void {
    this.version?.reject(error);
    for (const { reject } of this.waiting.values()) reject(error);
    this.waiting.clear();
  }

  async start(): Promise<void> {
    const agreed = new Promise<void>((resolve, reject) => (this.version = { resolve, reject }));
    await this.write(new WireWriter().byte(INIT).uint32(3).result());
    await agreed;
  }

  private async write(packet: Uint8Array): Promise<void> {
    await this.send(new WireWriter().string(packet).result());
  }

  private async request(type: number, fill: (writer: WireWriter) => WireWriter): Promise<Reply> {
    const id = this.nextId++;
    const reply = new Promise<Reply>((resolve, reject) => this.waiting.set(id, { resolve, reject }));
    reply.catch(() => {}); // who sent it hears of it below
    await this.write(fill(new WireWriter().byte(type).uint32(id)).result());
    return reply;
  }

  private async expect(wanted: number, reply: Promise<Reply>): Promise<WireReader> {
    const { type, reader } = await reply;
    if (type === wanted && type !== STATUS) return reader;
    if (type !== STATUS) throw new Error('The server answers out of order.');
    const code = reader.uint32();
    const message = reader.rest ? reader.text() : '';
    if (wanted !== STATUS || code !== 0) throw new SftpError(code, message || `status ${code}`);
    return reader;
  }

  /** The whole path of `path`, without links. */
  async realPath(path: string): Promise<string> {
    const reader = await this.expect(NAME, this.request(REALPATH, (out) => out.string(path)));
    reader.uint32();
    return reader.text();
  }

  /** What is in a directory, directories first. */
  async list(path: string): Promise<Entry[]> {
    const handle = (await this.expect(HANDLE, this.request(OPENDIR, (out) => out.string(path)))).string();
    const entries: Entry[] = [];
    try {
      for (let names = await this.names(handle); names; names = await this.names(handle)) entries.push(...names);
    } finally {
      await this.close(handle);
    }
    return entries
      .filter(({ name }) => name !== '.' && name !== '..')
      .sort((a, b) => Number(b.directory) - Number(a.directory) || a.name.localeCompare(b.name));
  }

  private async names(handle: Uint8Array): Promise<Entry[] | null> {
    try {
      const reader = await this.expect(NAME, this.request(READDIR, (out) => out.string(handle)));
      return Array.from({ length: reader.uint32() }, () => readEntry(reader));
    } catch (error) {
      if (error instanceof SftpError && error.code === EOF) return null;
      throw error;
    }
  }

  private async close(handle: Uint8Array): Promise<void> {
    await this.expect(STATUS, this.request(CLOSE, (out) => out.string(handle)));
  }

  private async open(path: string, flags: number): Promise<Uint8Array> {
    return (await this.expect(HANDLE, this.request(OPEN, (out) => out.string(path).uint32(flags).uint32(0)))).string();
  }

  /** A whole file, by many reads at a time. */
  async download(path: string, progress: Progress = () => {}): Promise<Blob> {
    const handle = await this.open(path, READ_ONLY);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    const ahead: Promise<Uint8Array<ArrayBuffer> | null>[] = [];
    let asked = 0;
    let done = 0;
    try {
      for (;;) {
        for (; ahead.length < AHEAD; asked += CHUNK) {
          const read = this.readChunk(handle, asked);
          read.catch(() => {}); // awaited in its turn
          ahead.push(read);
        }
        const part = await ahead.shift();
        if (!part) return new Blob(parts);
        parts.push(part);
        done += part.length;
        progress(done);
      }
    } finally {
      await Promise.allSettled(ahead);
      await this.close(handle).catch(() => {}); // the file is whole or the error is on its way
    }
  }

  /** The bytes at `offset`, all of them unless the file ends; null past its end. */
  private async readChunk(handle: Uint8Array, offset: number): Promise<Uint8Array<ArrayBuffer> | null> {
    const chunk = new Uint8Array(CHUNK);
    let length = 0;
    try {
      while (length < CHUNK) {
        const from = offset + length;
        const wanted = CHUNK - length;
        const reader = await this.expect(DATA, this.request(READ, (out) => out.string(handle).uint64(from).uint32(wanted)));
        const data = reader.string();
        chunk.set(data.subarray(0, wanted), length);
        length += data.length;
      }
    } catch (error) {
      if (!(error instanceof SftpError) || error.code !== EOF) throw error;
    }
    return length ? chunk.subarray(0, length) : null;
  }

  /** Writes a file, by many writes at a time. */
  async upload(path: string, file: Blob, progress: Progress = () => {}): Promise<void> {
    const handle = await this.open(path, WRITE_CREATE_TRUNCATE);
    const ahead: Promise<unknown>[] = [];
    try {
      for (let offset = 0; offset < file.size; offset += BLOCK) {
        const block = new Uint8Array(await file.slice(offset, offset + BLOCK).arrayBuffer());
        for (let at = 0; at < block.length; at += CHUNK) {
          const part = block.subarray(at, at + CHUNK);
          const from = offset + at;
          const written = this.expect(STATUS, this.request(WRITE, (out) => out.string(handle).uint64(from).string(part)));
          written.catch(() => {}); // awaited in its turn
          ahead.push(written);
          if (ahead.length >= AHEAD) await ahead.shift();
        }
        progress(Math.max(0, offset + block.length - ahead.length * CHUNK));
      }
      await Promise.all(ahead);
      progress(file.size);
    } finally {
      await Promise.allSettled(ahead);
      await this.close(handle);
    }
  }
}

function readEntry(reader: WireReader): Entry {
  const name = reader.text();
  reader.string(); // the line that `ls -l` would show
  const flags = reader.uint32();
  const size = flags & HAS_SIZE ? reader.uint64() : 0;
  if (flags & HAS_IDS) reader.raw(8);
  const permissions = flags & HAS_PERMISSIONS ? reader.uint32() : 0;
  let modified = 0;
  if (flags & HAS_TIMES) {
    reader.uint32();
    modified = reader.uint32() * 1000;
  }
  if (flags >>> 31) for (let pairs = reader.uint32(); pairs > 0; pairs--) reader.string(), reader.string();
  return { name, size, modified, directory: (permissions & TYPE_MASK) === DIRECTORY };
}
