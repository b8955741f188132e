import { expect, it } from 'vitest';
import { Transcript } from './transcript';

const at = (millis: number) => new Date(1000 + millis);

it('joins what follows at once and starts anew after a pause', () => {
  const transcript = new Transcript();
  transcript.add('down', new Uint8Array(3), at(0));
  transcript.add('down', new Uint8Array(4), at(10));
  transcript.add('down', new Uint8Array(5), at(500));
  transcript.add('up', new Uint8Array(1), at(501));
  expect(transcript.pieces.map(({ way, offset, bytes }) => [way, offset, bytes.length])).toEqual([
    ['down', 0, 7],
    ['down', 7, 5],
    ['up', 0, 1],
  ]);
});

it('keeps no more on the screen than it should, and the last bytes', () => {
  const transcript = new Transcript(10_000);
  transcript.add('down', Uint8Array.from({ length: 100_000 }, (_, i) => i % 251), at(0));
  const shown = transcript.pieces.reduce((sum, { bytes }) => sum + bytes.length, 0);
  expect(shown).toBeLessThanOrEqual(10_000);
  expect(transcript.pieces.at(-1)?.bytes.at(-1)).toBe(99_999 % 251);
  expect(transcript.pieces[0]?.offset).toBe(100_000 - shown);
});

it('saves each way whole up to its bound, and says when it is not', async () => {
  const transcript = new Transcript(100, 10);
  transcript.add('up', Uint8Array.of(1, 2, 3));
  transcript.add('down', new Uint8Array(8));
  transcript.add('down', new Uint8Array(8));
  expect([transcript.file('up').whole, transcript.file('up').blob.size]).toEqual([true, 3]);
  expect([transcript.file('down').whole, transcript.file('down').blob.size]).toEqual([false, 10]);
});
