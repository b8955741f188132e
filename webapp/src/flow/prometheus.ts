/** Sum of a metric over its labels, from Prometheus text. */
export function metricSum(text: string, name: string): number {
  let sum = 0;
  for (const [, value] of text.matchAll(new RegExp(`^${name}(?:\\{[^}]*\\})? (\\S+)`, 'gm'))) sum += Number(value);
  return sum;
}

/** A metric's values by one of its labels, from Prometheus text. */
export function metricsBy(text: string, name: string, label: string): Map<string, number> {
  const found = new Map<string, number>();
  for (const [, labels = '', value] of text.matchAll(new RegExp(`^${name}\\{([^}]*)\\} (\\S+)`, 'gm'))) {
    const [, word] = new RegExp(`(?:^|,)${label}="([^"]*)"`).exec(labels) ?? [];
    if (word !== undefined) found.set(word, Number(value));
  }
  return found;
}
