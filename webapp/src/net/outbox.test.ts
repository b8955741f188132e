import { expect, it } from 'vitest';
import { Outbox } from './outbox';

const settle = () => new Promise((done) => setTimeout(done));

function held() {
  const written: number[][] = [];
  const release: (() => void)[] = [];
  const outbox = new Outbox((bytes) => {
    written.push(bytes.length > 8 ? [bytes.length] : [...bytes]);
    return new Promise((done) => release.push(done));
  });
  return { outbox, written, release };
}

it('joins what comes while a write is under way, in order', async () => {
  const { outbox, written, release } = held();
  for (const byte of [1, 2, 3]) void outbox.send(Uint8Array.of(byte));
  release[0]?.();
  await settle();
  expect(written).toEqual([[1], [2, 3]]);
});

it('makes a sender wait while a mebibyte is on its way', async () => {
  const { outbox, release } = held();
  let room = false;
  await outbox.send(new Uint8Array(1 << 20));
  void outbox.send(new Uint8Array(1000)).then(() => (room = true));
  await settle();
  expect(room).toBe(false);
  release[0]?.();
  await settle();
  expect(room).toBe(true);
});

it('fails whoever sends once a write has failed', async () => {
  const outbox = new Outbox(() => Promise.reject(new Error('closed')));
  await outbox.send(Uint8Array.of(1));
  await settle();
  await expect(outbox.send(Uint8Array.of(2))).rejects.toThrow('closed');
});
