import { expect, it } from 'vitest';
import { pretty } from './pretty';
import type { Reply } from './resp';

const bulk = (text: string): Reply => ({ kind: 'bulk', bytes: new TextEncoder().encode(text) });

it('numbers and indents what is nested', () =>
  expect(pretty({ kind: 'array', items: [bulk('a'), { kind: 'array', items: [{ kind: 'nil' }, bulk('b')] }, { kind: 'number', text: '3' }] })).toBe(
    '1) "a"\n2) 1) (nil)\n   2) "b"\n3) (integer) 3',
  ));
it('shows a map by its keys', () => expect(pretty({ kind: 'map', entries: [[bulk('k'), { kind: 'boolean', value: true }]] })).toBe('1# "k" => (true)'));
it('marks errors', () => expect(pretty({ kind: 'error', text: 'WRONGTYPE x\u001b[2J' })).toBe('(error) WRONGTYPE x·[2J'));
it('shows the beginning of what is too much to read, and how much it is', () => {
  const long = pretty({ kind: 'bulk', bytes: new Uint8Array(1 << 20).fill(97) });
  expect(long.length).toBeLessThan(70_000);
  expect(long).toMatch(/a" … \(1048576 bytes\)$/);
  const many = pretty({ kind: 'array', items: Array.from({ length: 100_000 }, () => ({ kind: 'nil' }) as const) });
  expect(many.split('\n')).toHaveLength(5001);
  expect(many).toMatch(/\n… \(100000 in all\)$/);
});
it('says when there is nothing', () => expect(pretty({ kind: 'array', items: [] })).toBe('(empty array)'));
