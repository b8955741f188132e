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

it('hands the screen one slice at a time', async () => {
  const { screen, waiting, text } = slowScreen();
  let done = false;
  void new ScreenWriter(screen, (t) => t).write(new Uint8Array(30_000).fill(97)).then(() => (done = true));
  await settle();
  expect([text().length, waiting.length, done]).toEqual([8192, 1, false]);
  for (let i = 0; i < 4; i++) {
    waiting[i]?.();
    await settle();
  }
  expect([text().length, done]).toEqual([30_000, true]);
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
