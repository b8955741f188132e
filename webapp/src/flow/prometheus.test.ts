import { expect, it } from 'vitest';
import { RateSampler, Meter } from '../net/meter';
import { metricsBy, metricSum } from './prometheus';

const TEXT = '# TYPE x counter\nx{direction="up"} 1.5\nx{direction="down"} 2\nx_more 9\ny 3.0\n';

it('sums a metric over its labels', () => expect(metricSum(TEXT, 'x')).toBe(3.5));
it('takes no metric whose name only begins so', () => expect(metricSum(TEXT, 'y')).toBe(3));
it('gives the values by a label, whatever others stand beside it', () =>
  expect([...metricsBy('x{limit="a"} 1\nx{of="b",limit="per-user"} 2\nx_y{limit="c"} 3\n', 'x', 'limit')]).toEqual([['a', 1], ['per-user', 2]]));
it('finds nothing as zero', () => expect(metricSum(TEXT, 'z')).toBe(0));

it('turns totals into rates between two looks', () => {
  const meter = new Meter();
  const sampler = new RateSampler(meter);
  meter.down = 500;
  meter.heldMillis = 250;
  const { down, held } = sampler.sample(meter.since + 500);
  expect([down, held].map((value) => value.toFixed(3))).toEqual(['1000.000', '0.500']);
  expect(sampler.sample(meter.since + 1000)).toEqual({ down: 0, up: 0, held: 0 });
});
