import { expect, it } from 'vitest';
import { LEAST_WINDOW, ReceiveWindow } from './receive-window';

/** A server that always has more to send, and a screen that shows `speed` bytes a millisecond. */
function flood(window: { left: number }, shown: (bytes: number) => void, tick: () => void, speed: number, millis: number) {
  for (let i = 0; i < millis; i++) {
    tick();
    const bytes = Math.min(speed, window.left);
    window.left -= bytes;
    shown(bytes);
  }
}

function setup() {
  const window = { left: LEAST_WINDOW };
  let now = 0;
  const receive = new ReceiveWindow((bytes) => (window.left += bytes), () => now);
  return { window, receive, run: (speed: number, millis: number) => flood(window, (bytes) => receive.shown(bytes), () => now++, speed, millis) };
}

it('lets a server send on before its window is spent, and never more than what is shown in a moment', () => {
  const { window, run } = setup();
  run(20_000, 1000); // 20 MB/s
  expect(window.left).toBeGreaterThan(500_000);
  expect(window.left).toBeLessThanOrEqual(1_000_000);
});

it('falls back to the least for a screen that is slow, and never grants what is outstanding twice', () => {
  const { window, run } = setup();
  run(20_000, 1000);
  run(1000, 3000);
  expect(window.left).toBeLessThanOrEqual(LEAST_WINDOW);
  expect(window.left).toBeGreaterThan(LEAST_WINDOW / 2);
});

it('grants by the quarter, not by the message', () => {
  let grants = 0;
  const receive = new ReceiveWindow(() => grants++, () => 0);
  for (let i = 0; i < 1024; i++) receive.shown(64);
  expect(grants).toBe(4);
});
