import { expect, it } from 'vitest';
import { paceOf, paceText } from './pace-scale';

it('stops at the left end', () => expect(paceText(paceOf(0))).toBe('not reading'));
it('is unbounded at the right end', () => expect(paceOf(100)).toBe(Infinity));
it('rises with every step between', () => {
  for (let step = 1; step < 100; step++) expect(paceOf(step)).toBeLessThan(paceOf(step + 1));
  expect(paceText(paceOf(1))).toBe('at most 16.0 KiB/s');
});
