import { expect, it } from 'vitest';
import { PingSeries } from './series';

it('has no figures before the first answer', () => expect(new PingSeries().figures).toBeNull());

it('counts min, average, max, deviation and loss', () => {
  const series = new PingSeries();
  for (const sample of [1, 2, null, 3]) series.add(sample);
  expect(series.figures).toMatchObject({ min: 1, avg: 2, max: 3 });
  expect(series.figures?.stddev).toBeCloseTo(Math.sqrt(2 / 3));
  expect(series.loss).toBe(25);
});

it('keeps only the last samples, but counts all', () => {
  const series = new PingSeries(2);
  for (const sample of [9, 1, 2]) series.add(sample);
  expect(series.samples).toEqual([1, 2]);
  expect(series.figures?.max).toBe(9);
});
