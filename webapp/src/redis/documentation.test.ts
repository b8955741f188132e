import { expect, it } from 'vitest';
import { complete, docFor, readDocs } from './documentation';
import type { Reply } from './resp';

const text = (value: string): Reply => ({ kind: 'bulk', bytes: new TextEncoder().encode(value) });
type Tree = string | Tree[] | { [key: string]: Tree };

function map(tree: Tree, resp3: boolean): Reply {
  if (typeof tree === 'string') return text(tree);
  if (Array.isArray(tree)) return { kind: 'array', items: tree.map((item) => map(item, resp3)) };
  const entries = Object.entries(tree).map(([key, value]) => [text(key), map(value, resp3)] as const);
  return resp3 ? { kind: 'map', entries } : { kind: 'array', items: entries.flat() };
}

const DOCS: Tree = {
  set: {
    summary: 'Sets a value',
    arguments: [
      { name: 'key', type: 'key' },
      { name: 'value', type: 'string' },
      { name: 'condition', type: 'oneof', flags: ['optional'], arguments: [{ name: 'nx', type: 'pure-token', token: 'NX' }, { name: 'xx', type: 'pure-token', token: 'XX' }] },
      { name: 'seconds', type: 'integer', token: 'EX', flags: ['optional'] },
    ],
  },
  del: { summary: 'Deletes', arguments: [{ name: 'key', type: 'key', flags: ['multiple'] }] },
  config: { summary: 'Group', subcommands: { 'config|get': { summary: 'Reads', arguments: [{ name: 'parameter', type: 'string' }] } } },
};

it.each([true, false])('reads the documentation (RESP3: %s)', (resp3) => {
  const docs = readDocs(map(DOCS, resp3));
  expect(docs.get('SET')?.syntax).toBe('key value [NX|XX] [EX seconds]');
  expect(docs.get('DEL')?.syntax).toBe('key [key …]');
  expect(docs.get('CONFIG GET')).toEqual({ name: 'CONFIG GET', summary: 'Reads', syntax: 'parameter' });
});

it('completes and explains', () => {
  const docs = readDocs(map(DOCS, true));
  expect(complete(docs, 'co').map(({ name }) => name)).toEqual(['CONFIG', 'CONFIG GET']);
  expect(docFor(docs, 'config get maxmemory')?.name).toBe('CONFIG GET');
  expect(docFor(docs, 'set a b')?.name).toBe('SET');
  expect(complete(docs, '')).toEqual([]);
});
