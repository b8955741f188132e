/** Sum of a metric over its labels, from Prometheus text. */
export function metricSum(text: string, name: string): number {
  let sum = 0;
  for (const [, value] of text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'gm'))) sum += Number(value);
  return sum;
}
