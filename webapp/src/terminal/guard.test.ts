import { describe, expect, it } from 'vitest';
import { OutputGuard, titleText } from './guard';

function through(text: string): string {
  return new OutputGuard().filter(text);
}

/** The same, one character at a time. */
function piecewise(text: string): string {
  const guard = new OutputGuard();
  return [...text].map((char) => guard.filter(char)).join('');
}

const ESC = '\x1b';

describe('passes', () => {
  it.each([
    ['text', 'hello\r\nwörld 日本 🎉'],
    ['colours', `${ESC}[1;38;2;255;128;0mx${ESC}[0m`],
    ['colon colours', `${ESC}[4:3m${ESC}[58:2::255:0:0m`],
    ['cursor and screen', `${ESC}[2J${ESC}[12;40H${ESC}[?1049h${ESC}[?25l${ESC}[r`],
    ['charsets and resets', `${ESC}(B${ESC}c${ESC}7${ESC}8${ESC}#8`],
    ['status reports', `${ESC}[5n${ESC}[6n${ESC}[?6n`],
    ['bracketed paste', `${ESC}[?2004h`],
    ['soft reset', `${ESC}[!p`],
    ['cursor style', `${ESC}[2 q`],
  ])('%s', (_name, text) => {
    expect(through(text)).toBe(text);
    expect(piecewise(text)).toBe(text);
  });
});

describe('clamps', () => {
  it.each([
    [`${ESC}[2147483647b`, `${ESC}[1024b`],
    [`${ESC}[2147483647S`, `${ESC}[1024S`],
    [`${ESC}[2147483647T`, `${ESC}[1024T`],
    [`${ESC}[999999999L`, `${ESC}[1024L`],
    [`${ESC}[000000000000000099999M`, `${ESC}[1024M`],
    [`${ESC}[99999;99999999999999999999H`, `${ESC}[9999;9999H`],
    ['\u009b2147483647b', `${ESC}[1024b`],
  ])('%j', (text, expected) => {
    expect(through(text)).toBe(expected);
    expect(piecewise(text)).toBe(expected);
  });

  it('marks on one cell', () => expect(through(`e${'\u0301'.repeat(5000)}x`)).toBe(`e${'\u0301'.repeat(8)}x`));
});

describe('takes out', () => {
  it.each([
    ['clipboard access', `${ESC}]52;c;aGFjaw==\x07`],
    ['a clipboard query', `${ESC}]52;c;?${ESC}\\`],
    ['colour queries', `${ESC}]4;1;?\x07${ESC}]10;?\x07${ESC}]11;?${ESC}\\`],
    ['device attributes', `${ESC}[c${ESC}[0c${ESC}[>c${ESC}[=c${ESC}Z`],
    ['the version', `${ESC}[>q`],
    ['mode reports', `${ESC}[?2004$p${ESC}[4$p`],
    ['settings reports', `${ESC}P$qm${ESC}\\`],
    ['title and window reports', `${ESC}[21t${ESC}[18t${ESC}[14t${ESC}[8;9999;9999t`],
    ['other status reports', `${ESC}[?15n${ESC}[?996n`],
    ['device control', `${ESC}Pq#0;2;0;0;0~~~${ESC}\\`],
    ['private messages', `${ESC}^secret${ESC}\\${ESC}_app${ESC}\\${ESC}Xsos${ESC}\\`],
    ['C1 forms of the same', '\u009d52;c;aGFjaw==\u009c\u0090$qm\u009c\u009bc'],
    ['an endless sequence', `${ESC}[${'1;'.repeat(5000)}m`],
    ['an unknown command', `${ESC}]1337;File=x:AAAA\x07${ESC}]9;note\x07`],
  ])('%s', (_name, text) => {
    expect(through(`a${text}b`)).toBe('ab');
    expect(piecewise(`a${text}b`)).toBe('ab');
  });

  it('a string that another escape breaks off, and goes on after it', () =>
    expect(through(`a${ESC}]0;never ended${ESC}[1mb`)).toBe(`a${ESC}[1mb`));
  it('a sequence that CAN breaks off', () => expect(through(`a${ESC}[31\x18b`)).toBe('ab'));
  it('controls inside a sequence in their order', () => expect(through(`${ESC}[3\r1m`)).toBe(`\r${ESC}[31m`));
  it('without keeping the bytes of an endless string', () => {
    const guard = new OutputGuard();
    guard.filter(`${ESC}]0;`);
    for (let i = 0; i < 100; i++) expect(guard.filter('x'.repeat(65536))).toBe('');
    expect(JSON.stringify(guard).length).toBeLessThan(5000);
    expect(guard.filter('\x07ok')).toBe('ok');
  });
});

describe('links', () => {
  it('keep http and https', () =>
    expect(through(`${ESC}]8;id=1;https://example.com/\x07x${ESC}]8;;\x07`)).toBe(`${ESC}]8;;https://example.com/${ESC}\\x${ESC}]8;;${ESC}\\`));
  it.each(['javascript:alert(1)', 'file:///etc/passwd', 'data:text/html,x', 'ssh://h', 'https://a b', 'https://e\u202excom'])(
    'lose %s',
    (address) => expect(through(`${ESC}]8;;${address}\x07`)).toBe(`${ESC}]8;;${ESC}\\`),
  );
});

describe('titles', () => {
  it('are told, not passed', () => {
    const titles: string[] = [];
    const guard = new OutputGuard((title) => titles.push(title));
    expect(guard.filter(`${ESC}]0;me@host\x07${ESC}]2;two${ESC}\\${ESC}]1;icon\x07`)).toBe('');
    expect(titles).toEqual(['me@host', 'two']);
  });
  it('lose what is invisible or turns the direction', () => expect(titleText('a\u202eb\u200b\n\tc\u2028')).toBe('abc'));
  it('are cut', () => expect([...titleText('🎉'.repeat(500))]).toHaveLength(80));
});

it('is fast enough for a flood of plain text', () => {
  const guard = new OutputGuard();
  const text = 'y\r\n'.repeat(1 << 20);
  const from = performance.now();
  expect(guard.filter(text)).toBe(text);
  expect(performance.now() - from).toBeLessThan(2000);
});
