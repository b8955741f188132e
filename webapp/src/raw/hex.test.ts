import { describe, expect, it } from 'vitest';
import { hexDump, parseEscapes, parseHex, shownText } from './hex';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('a hex dump', () => {
  it('has offset, bytes and ASCII', () =>
    expect(hexDump(bytes('hello\r\n'), 16)).toBe('00000010  68 65 6c 6c 6f 0d 0a                              hello..'));
  it('keeps the ASCII column in place on every line', () => {
    const [full, rest] = hexDump(bytes('0123456789abcdefX')).split('\n');
    expect(full?.indexOf('0123456789abcdef')).toBe(rest?.lastIndexOf('X'));
  });
});

describe('typed hex', () => {
  it.each(['68 65', '6865', '0x68,0x65', '68:65'])('takes "%s"', (text) => expect(parseHex(text)).toEqual(bytes('he')));
  it.each(['6', '6g', 'hello'])('refuses "%s"', (text) => expect(parseHex(text)).toBeNull());
});

it('reads escapes and keeps an unknown one as it is', () =>
  expect(parseEscapes('a\\r\\n\\x00\\q\\\\é')).toEqual(Uint8Array.from([97, 13, 10, 0, 92, 113, 92, 0xc3, 0xa9])));

it('shows what a target sends without obeying it', () => {
  const shown = shownText(bytes('\x1b]0;x\x07\u202eabc\r\nnext'));
  expect(shown).toBe('␛]0;x␇·abc␍␊\nnext');
});
