/** The slider's steps, 0 to 100, as bytes per second: 0 stops, 100 is full speed, between 16 KiB/s and 64 MiB/s. */
import { rate } from '../net/figures';
import type { Pace } from '../net/tunnel';

const LEAST = 14;
const MOST = 26;

export function paceOf(step: number): Pace {
  if (step <= 0) return 0;
  return step >= 100 ? Infinity : Math.round(2 ** (LEAST + ((MOST - LEAST) * (step - 1)) / 98));
}

export function paceText(pace: Pace): string {
  if (pace === 0) return 'not reading';
  return pace === Infinity ? 'full speed' : `at most ${rate(pace)}`;
}
