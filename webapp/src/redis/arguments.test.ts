import { expect, it } from 'vitest';
import { quote, splitArguments } from './arguments';

const texts = (line: string) => {
  const args = splitArguments(line);
  return typeof args === 'string' ? args : args.map((arg) => new TextDecoder().decode(arg));
};

it.each([
  ['get a', ['get', 'a']],
  ['  set "a b"  \'c d\' ', ['set', 'a b', 'c d']],
  ['set k "a\\"b\\n"', ['set', 'k', 'a"b\n']],
  ["set k 'it\\'s'", ['set', 'k', "it's"]],
  ['set k ""', ['set', 'k', '']],
  ['', []],
])('splits %j', (line, expected) => expect(texts(line)).toEqual(expected));

it.each(['set "a', "set 'a", 'set "a"b'])('refuses %j', (line) => expect(splitArguments(line)).toBeTypeOf('string'));

it('reads bytes', () => expect((splitArguments('"\\x00\\xff"') as Uint8Array[])[0]).toEqual(Uint8Array.of(0, 255)));

it.each([
  ['plain', '"plain"'],
  ['日本', '"日本"'],
  ['a"b\\c\r\n', '"a\\"b\\\\c\\r\\n"'],
  ['\u202e\x1b', '"\\xe2\\x80\\xae\\x1b"'],
])('quotes %j', (text, expected) => expect(quote(new TextEncoder().encode(text))).toBe(expected));

it('quotes binary', () => expect(quote(Uint8Array.of(255, 65, 0))).toBe('"\\xffA\\x00"'));
