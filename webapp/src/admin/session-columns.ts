/** The columns of the table of tunnels: what is shown, and what it is sorted by. */
import { rate, size, span } from '../net/figures';
import type { Session } from '../net/sessions';

export interface Column {
  readonly name: string;
  readonly value: (session: Session) => number | string;
  readonly text: (session: Session) => string;
}

const text = (name: string, of: (session: Session) => string): Column => ({ name, value: of, text: of });
const number = (name: string, value: (session: Session) => number, shown: (value: number) => string): Column => ({
  name,
  value,
  text: (session) => shown(value(session)),
});

function gate({ paused, pausedUp, pausedDown }: Session): string {
  if (paused) return 'paused';
  const shut = `${pausedDown ? '▼' : ''}${pausedUp ? '▲' : ''}`;
  return shut ? `shut ${shut}` : 'open';
}

export const COLUMNS: readonly Column[] = [
  text('who', ({ subject, method }) => `${subject} (${method})`),
  text('from', ({ client }) => client),
  text('target', ({ target, address }) => (address === null || target.includes(address) ? target : `${target} (${address})`)),
  number('age', ({ since }) => (Date.now() - Date.parse(since)) / 1000, span),
  number('rate ▼', ({ rateDown }) => rateDown, rate),
  number('rate ▲', ({ rateUp }) => rateUp, rate),
  number('total ▼', ({ bytesDown }) => bytesDown, size),
  number('total ▲', ({ bytesUp }) => bytesUp, size),
  number('held', ({ bufferedDown, bufferedUp }) => bufferedDown + bufferedUp, size),
  text('gate', gate),
  text('lane', ({ lane }) => lane),
  text('id', ({ id }) => id),
];

/** Sessions with `words` in any column, by `column`. */
export function arrange(sessions: readonly Session[], words: string, column: Column, descending: boolean): Session[] {
  const wanted = words.trim().toLowerCase();
  const found = sessions.filter((session) => !wanted || COLUMNS.some((one) => one.text(session).toLowerCase().includes(wanted)));
  const order = (a: Session, b: Session) => compare(column.value(a), column.value(b));
  return found.sort((a, b) => (descending ? order(b, a) : order(a, b)));
}

function compare(a: number | string, b: number | string): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), undefined, { numeric: true });
}
