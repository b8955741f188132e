import { expect, it } from 'vitest';
import type { Session } from '../net/sessions';
import { arrange, COLUMNS } from './session-columns';

const QUIET = { subject: 'kim', method: 'basic', client: '10.0.0.1', address: null, lane: 'fast', bytesUp: 0, rateDown: 0, rateUp: 0, bufferedUp: 0, bufferedDown: 0, paused: false, pausedUp: false, pausedDown: false };
const session = (members: Partial<Session>) => ({ ...QUIET, since: '2026-01-01T00:00:00Z', ...members }) as Session;
const LIST = [session({ id: '2', target: 'b:22', bytesDown: 9 }), session({ id: '10', target: 'A:22', bytesDown: 10, pausedDown: true })];
const column = (name: string) => COLUMNS.find((one) => one.name === name)!;
const ids = (list: readonly Session[]) => list.map(({ id }) => id);

it('filters by any column', () => {
  expect(ids(arrange(LIST, ' a:2', column('id'), false))).toEqual(['10']);
  expect(ids(arrange(LIST, 'KIM', column('id'), false))).toEqual(['2', '10']);
  expect(ids(arrange(LIST, 'shut ▼', column('id'), false))).toEqual(['10']);
});

it('sorts numbers as numbers and text as people do', () => {
  expect(ids(arrange(LIST, '', column('total ▼'), true))).toEqual(['10', '2']);
  expect(ids(arrange(LIST, '', column('id'), true))).toEqual(['10', '2']);
  expect(ids(arrange(LIST, '', column('target'), false))).toEqual(['10', '2']);
});

it('shows the checked address beside a name, and a pause before all else', () => {
  expect(column('target').text(session({ target: 'pg-main', address: '10.2.3.4' }))).toBe('pg-main (10.2.3.4)');
  expect(column('target').text(session({ target: '10.2.3.4:5', address: '10.2.3.4' }))).toBe('10.2.3.4:5');
  expect(column('gate').text(session({ paused: true, pausedUp: true }))).toBe('paused');
});
