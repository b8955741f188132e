import { expect, it } from 'vitest';
import { SftpClient } from './sftp-client';
import { WireReader, WireWriter } from './wire';

/** A server with one file, answering reads shorter than asked and each packet byte by byte. */
function server(file: Uint8Array, shortest = 1000) {
  const written: { offset: number; data: Uint8Array }[] = [];
  const client: SftpClient = new SftpClient(async (packet) => {
    const reader = new WireReader(new WireReader(packet).string());
    const reply = answer(reader);
    const framed = new WireWriter().string(reply).result();
    queueMicrotask(() => {
      client.receive(framed.slice(0, 3));
      client.receive(framed.slice(3));
    });
  });
  function status(id: number, code: number, text = ''): Uint8Array {
    return new WireWriter().byte(101).uint32(id).uint32(code).string(text).string('').result();
  }
  function answer(reader: WireReader): Uint8Array {
    const type = reader.byte();
    const id = reader.uint32();
    if (type === 1) return new WireWriter().byte(2).uint32(3).result();
    if (type === 3) return reader.text() === 'secret' ? status(id, 3, 'Permission denied') : new WireWriter().byte(102).uint32(id).string('h').result();
    if (type === 5) {
      reader.string();
      const offset = reader.uint64();
      const data = file.subarray(offset, offset + Math.min(reader.uint32(), shortest));
      return data.length ? new WireWriter().byte(103).uint32(id).string(data).result() : status(id, 1);
    }
    if (type === 6) {
      reader.string();
      written.push({ offset: reader.uint64(), data: reader.string().slice() });
    }
    return status(id, 0);
  }
  return { client, written };
}

const content = Uint8Array.from({ length: 100_001 }, (_, i) => (i * 7) % 253);

it('downloads a file whole, also from a server that reads short', async () => {
  const { client } = server(content);
  await client.start();
  const steps: number[] = [];
  const blob = await client.download('f', (done) => steps.push(done));
  expect(new Uint8Array(await blob.arrayBuffer())).toEqual(content);
  expect(steps.at(-1)).toBe(content.length);
});

it('uploads every byte to its place', async () => {
  const { client, written } = server(new Uint8Array());
  await client.start();
  await client.upload('f', new Blob([content]));
  const file = new Uint8Array(content.length);
  for (const { offset, data } of written) file.set(data, offset);
  expect(file).toEqual(content);
});

it('says what the server said', async () => {
  const { client } = server(content);
  await client.start();
  await expect(client.download('secret')).rejects.toThrow('Permission denied');
});

it('fails what waits when the channel goes', async () => {
  const client = new SftpClient(async () => {});
  const listing = client.list('/');
  await new Promise((done) => setTimeout(done));
  client.fail(new Error('gone'));
  await expect(listing).rejects.toThrow('gone');
});
