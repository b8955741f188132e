import { describe, expect, it } from 'vitest';
import { command, RespReader, type Reply } from './resp';

const bytes = (text: string) => new TextEncoder().encode(text);
const bulk = (text: string): Reply => ({ kind: 'bulk', bytes: bytes(text) });
const number = (text: string): Reply => ({ kind: 'number', text });

function read(wire: Uint8Array, step: number): Reply[] {
  const replies: Reply[] = [];
  const reader = new RespReader((reply) => replies.push(reply));
  for (let at = 0; at < wire.length; at += step) reader.receive(wire.subarray(at, at + step));
  return replies;
}

const VECTORS: readonly [string, string, Reply[]][] = [
  ['simple strings', '+OK\r\n', [{ kind: 'simple', text: 'OK' }]],
  ['errors', '-ERR no\r\n', [{ kind: 'error', text: 'ERR no' }]],
  ['integers and big numbers', ':-7\r\n(3492890328409238509324850943850943825024385\r\n', [number('-7'), number('3492890328409238509324850943850943825024385')]],
  ['bulk strings with anything in them', '$6\r\na\r\nb\0c\r\n', [bulk('a\r\nb\0c')]],
  ['empty and missing bulk strings', '$0\r\n\r\n$-1\r\n', [bulk(''), { kind: 'nil' }]],
  ['empty and missing arrays', '*0\r\n*-1\r\n', [{ kind: 'array', items: [] }, { kind: 'nil' }]],
  ['nested arrays', '*2\r\n*1\r\n:1\r\n*1\r\n*0\r\n', [{ kind: 'array', items: [{ kind: 'array', items: [number('1')] }, { kind: 'array', items: [{ kind: 'array', items: [] }] }] }]],
  ['nulls, booleans and doubles', '_\r\n#t\r\n#f\r\n,inf\r\n', [{ kind: 'nil' }, { kind: 'boolean', value: true }, { kind: 'boolean', value: false }, { kind: 'double', text: 'inf' }]],
  ['blob errors', '!5\r\nERR x\r\n', [{ kind: 'error', text: 'ERR x' }]],
  ['verbatim strings', '=7\r\ntxt:abc\r\n', [{ kind: 'verbatim', format: 'txt', bytes: bytes('abc') }]],
  ['maps and sets', '%1\r\n+k\r\n:1\r\n~1\r\n:2\r\n', [{ kind: 'map', entries: [[{ kind: 'simple', text: 'k' }, number('1')]] }, { kind: 'set', items: [number('2')] }]],
  ['pushes between replies', '>2\r\n+message\r\n+c\r\n+OK\r\n', [{ kind: 'push', items: [{ kind: 'simple', text: 'message' }, { kind: 'simple', text: 'c' }] }, { kind: 'simple', text: 'OK' }]],
  ['replies without their attributes', '|1\r\n+ttl\r\n:3\r\n*1\r\n|1\r\n+a\r\n+b\r\n:9\r\n', [{ kind: 'array', items: [number('9')] }]],
];

describe.each(VECTORS)('reads %s', (_name, wire, expected) => {
  it.each([1, 2, 3, 7, 1000])('in pieces of %s', (step) => expect(read(bytes(wire), step)).toEqual(expected));
});

it.each(['SSH-2.0-x\r\n', '$5x\r\n', '$99999999999\r\n', '*-2\r\n', '$3\r\nabcd\r\n', `${'*1\r\n'.repeat(200)}`, `+${'x'.repeat(70_000)}`])(
  'refuses %.20j',
  (wire) => expect(() => read(bytes(wire), 5)).toThrow(),
);

it.each(['$536870913\r\n', '*1048577\r\n', '*1048576\r\n*1\r\n', '%524289\r\n', '*2\r\n$1\r\nx\r\n$536870912\r\n'])(
  'refuses what would fill the page: %j',
  (wire) => expect(() => read(bytes(wire), 1000)).toThrow(/more than this console takes/),
);

it('counts each reply for itself', () => {
  const wire = bytes(`*${1 << 19}\r\n${'_\r\n'.repeat(1 << 19)}`);
  const sizes: number[] = [];
  const reader = new RespReader((reply) => sizes.push(reply.kind === 'array' ? reply.items.length : 0));
  for (let i = 0; i < 3; i++) reader.receive(wire);
  expect(sizes).toEqual([1 << 19, 1 << 19, 1 << 19]);
});

it('writes commands binary-safe', () =>
  expect(command(['SET', 'é', Uint8Array.of(0, 255)])).toEqual(Uint8Array.of(...bytes('*3\r\n$3\r\nSET\r\n$2\r\né\r\n$2\r\n'), 0, 255, 13, 10)));
