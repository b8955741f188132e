import { expect, it } from 'vitest';
import { arrange, columnsOf, rowsOf } from './live';

const ROWS = rowsOf({ sessions: [{ id: 2, target: 'b:22', bytes: 10 }, { id: 10, target: 'a:22', bytes: 9, user: 'kim' }] }) ?? [];

it('finds the list in the answer', () => {
  expect(ROWS.map(({ id }) => id)).toEqual(['2', '10']);
  expect(rowsOf([{ id: 'x' }])).toEqual([{ id: 'x' }]);
  expect(rowsOf(null)).toBeNull();
});
it('has every member as a column, the id first', () => expect(columnsOf(ROWS)).toEqual(['id', 'target', 'bytes', 'user']));
it('filters by any member', () => expect(arrange(ROWS, 'KIM', 'id', false).map(({ id }) => id)).toEqual(['10']));
it('sorts numbers as numbers', () => {
  expect(arrange(ROWS, '', 'bytes', false).map(({ bytes }) => bytes)).toEqual([9, 10]);
  expect(arrange(ROWS, '', 'id', true).map(({ id }) => id)).toEqual(['10', '2']);
});
