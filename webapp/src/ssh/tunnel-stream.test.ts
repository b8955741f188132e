import { expect, it } from 'vitest';
import { TunnelStream } from './tunnel-stream';

const settle = () => new Promise((done) => setTimeout(done));

it('counts a message as taken when it was read to its end', async () => {
  const stream = new TunnelStream(async () => {}, () => {});
  let taken = false;
  void stream.push(Uint8Array.of(1, 2, 3)).then(() => (taken = true));
  expect([...((await stream.read(2)) ?? [])]).toEqual([1, 2]);
  await settle();
  expect(taken).toBe(false);
  expect([...((await stream.read(2)) ?? [])]).toEqual([3]);
  await settle();
  expect(taken).toBe(true);
});

it('ends a read that waits', async () => {
  const stream = new TunnelStream(async () => {}, () => {});
  const read = stream.read(1);
  stream.finish();
  expect(await read).toBeNull();
});

it('lets go of a message when it is closed', async () => {
  let ended = 0;
  const stream = new TunnelStream(async () => {}, () => ended++);
  const pushed = stream.push(Uint8Array.of(1));
  await stream.close();
  await pushed;
  stream.dispose();
  expect(ended).toBe(1);
});
