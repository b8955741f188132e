import { expect, it } from 'vitest';
import { ScreenWriter } from './screen-writer';

function slowScreen() {
  const waiting: (() => void)[] = [];
  let text = '';
  const screen = {
    write: (part: string, shown: () => void) => {
      text += part;
      waiting.push(shown);
    },
  };
  return { screen, waiting, text: () => text };
}

const settle = () => new Promise((done) => setTimeout(done));

it('is done only when the last part is on the screen', async () => {
  const { screen, waiting, text } = slowScreen();
  let done = false;
  void new ScreenWriter(screen, (t) => t).write(new Uint8Array(30_000).fill(97)).then(() => (done = true));
  await settle();
  expect([text().length, waiting.length, done]).toEqual([30_000, 4, false]);
  for (const shown of waiting) shown();
  await settle();
  expect(done).toBe(true);
});

it('hands the screen a bounded part of a flood, and goes on as it is shown', async () => {
  const { screen, waiting, text } = slowScreen();
  void new ScreenWriter(screen, (t) => t).write(new Uint8Array(1_000_000).fill(97));
  await settle();
  const first = text().length;
  expect(first).toBeLessThan(300_000);
  waiting[0]?.();
  await settle();
  expect(text().length).toBe(first + 8192);
});

it('keeps a character that is split between two messages whole', async () => {
  const { screen, waiting, text } = slowScreen();
  const writer = new ScreenWriter(screen, (t) => t);
  void writer.write(Uint8Array.of(0xe2, 0x82));
  void writer.write(Uint8Array.of(0xac));
  await settle();
  waiting.forEach((shown) => shown());
  expect(text()).toBe('€');
});

it('lets go of what waits, and shows what comes after', async () => {
  const { screen, waiting, text } = slowScreen();
  const writer = new ScreenWriter(screen, (t) => t);
  let done = false;
  void writer.write(new Uint8Array(1_000_000).fill(97)).then(() => (done = true));
  await settle();
  const before = text().length;
  writer.drop();
  void writer.write(new TextEncoder().encode('$ '));
  await settle();
  waiting.forEach((shown) => shown());
  await settle();
  expect(text().length).toBeLessThanOrEqual(before + 8192 + 2);
  expect(text().endsWith('a$ ')).toBe(true);
  waiting.forEach((shown) => shown());
  await settle();
  expect(done).toBe(true);
});

it('lets nobody wait for a screen that is gone', async () => {
  const { screen } = slowScreen();
  const writer = new ScreenWriter(screen, (t) => t);
  const written = [writer.write(Uint8Array.of(97)), writer.write(new Uint8Array(1_000_000).fill(97))];
  await settle();
  writer.end();
  await Promise.all(written);
});

it('knows a flood from a screen, and forgets it', async () => {
  const { screen } = slowScreen();
  let now = 1000;
  const writer = new ScreenWriter(screen, (t) => t, () => now);
  void writer.write(new Uint8Array(20_000).fill(97));
  await settle();
  expect(writer.flooded).toBe(false);
  void writer.write(new Uint8Array(100_000).fill(97));
  await settle();
  expect(writer.flooded).toBe(true);
  now += 1000; // a machine that is busy with something else
  expect(writer.flooded).toBe(true);
  now += 2000;
  expect(writer.flooded).toBe(false);
});
