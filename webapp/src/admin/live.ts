/** What the gateway tells about its tunnels, as rows of whatever members it has. */
import { address } from '../net/addresses';
import { ask } from '../net/api';

/** A tunnel: `id`, and members that this gateway tells. */
export type Row = Readonly<Record<string, unknown>> & { readonly id: string };

/** The sessions that this caller may see; null where the gateway has no such address. */
export async function sessions(): Promise<Row[] | null> {
  return rowsOf(await ask<unknown>('api/sessions'));
}

/** A list, or an object with one in it. */
export function rowsOf(answer: unknown): Row[] | null {
  if (answer === null || typeof answer !== 'object') return null;
  const list = Array.isArray(answer) ? answer : Object.values(answer).find(Array.isArray);
  return (list ?? []).filter((row): row is Row => typeof row === 'object' && row !== null && 'id' in row).map((row) => ({ ...row, id: String(row.id) }));
}

/** The members of all rows, `id` first, in the order in which they come. */
export function columnsOf(rows: readonly Row[]): string[] {
  const names = new Set(['id']);
  for (const row of rows) for (const name of Object.keys(row)) names.add(name);
  return [...names];
}

/** Rows with `words` in any member, by `column`. */
export function arrange(rows: readonly Row[], words: string, column: string, descending: boolean): Row[] {
  const wanted = words.trim().toLowerCase();
  const found = rows.filter((row) => !wanted || Object.values(row).some((value) => cellText(value).toLowerCase().includes(wanted)));
  const order = (a: Row, b: Row) => compare(a[column], b[column]);
  return found.sort((a, b) => (descending ? order(b, a) : order(a, b)));
}

function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return cellText(a).localeCompare(cellText(b), undefined, { numeric: true });
}

/** A member as text of one cell. */
export function cellText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Calls `show` with the tunnels once a second; ends by the returned function. */
export function onSessions(show: (rows: Row[]) => void): () => void {
  const source = new EventSource(address('api/events'));
  source.addEventListener('sessions', (event: MessageEvent<string>) => show(rowsOf(JSON.parse(event.data)) ?? []));
  // a gateway without events answers 404, after which a browser does not try again
  return () => source.close();
}
