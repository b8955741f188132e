import { describe, expect, it } from 'vitest';
import { TelnetCodec } from './codec';

const text = (value: string) => [...value].map((char) => char.charCodeAt(0));
const [IAC, SB, SE, WILL, WONT, DO, DONT] = [255, 250, 240, 251, 252, 253, 254];

interface Seen {
  data: number[];
  sent: number[];
  echo: boolean[];
}

/** Feeds `bytes` in pieces of `step`. */
function feed(bytes: readonly number[], step = Infinity, columns = 80, rows = 24): Seen & { codec: TelnetCodec } {
  const seen: Seen = { data: [], sent: [], echo: [] };
  const codec = new TelnetCodec({ send: (out) => seen.sent.push(...out), echo: (on) => seen.echo.push(on) }, columns, rows);
  for (let at = 0; at < bytes.length; at += step) seen.data.push(...codec.receive(Uint8Array.from(bytes.slice(at, at + step))));
  return { ...seen, codec };
}

const VECTORS: readonly [string, number[], number[], number[]][] = [
  // name, received, data, sent
  ['plain data', text('hello\r\n'), text('hello\r\n'), []],
  ['a doubled IAC is the byte 255 (RFC 854)', [1, IAC, IAC, 2], [1, 255, 2], []],
  ['CR NUL is a bare CR (RFC 854)', [97, 13, 0, 98, 13, 10], [97, 13, 98, 13, 10], []],
  ['commands are no data', [IAC, 241, 97, IAC, 249, IAC, 242, 98], text('ab'), []],
  ['echo by the server is welcome (RFC 857)', [IAC, WILL, 1], [], [IAC, DO, 1]],
  ['we never echo for the server', [IAC, DO, 1], [], [IAC, WONT, 1]],
  ['go-aheads are suppressed both ways (RFC 858)', [IAC, WILL, 3, IAC, DO, 3], [], [IAC, DO, 3, IAC, WILL, 3]],
  ['binary both ways (RFC 856)', [IAC, WILL, 0, IAC, DO, 0], [], [IAC, DO, 0, IAC, WILL, 0]],
  ['CR stays as it is in binary', [IAC, WILL, 0, 13, 0], [13, 0], [IAC, DO, 0]],
  ['an unknown option is refused', [IAC, DO, 39, IAC, WILL, 38], [], [IAC, WONT, 39, IAC, DONT, 38]],
  ['a repeated request changes nothing and gets no answer', [IAC, WILL, 1, IAC, WILL, 1], [], [IAC, DO, 1]],
  ['an end of what never was gets no answer', [IAC, WONT, 1, IAC, DONT, 24], [], []],
  ['an end is confirmed', [IAC, WILL, 1, IAC, WONT, 1], [], [IAC, DO, 1, IAC, DONT, 1]],
  ['the window size is told (RFC 1073)', [IAC, DO, 31], [], [IAC, WILL, 31, IAC, SB, 31, 0, 80, 0, 24, IAC, SE]],
  [
    'terminal types in turn, the last twice (RFC 1091)',
    [IAC, DO, 24, ...[1, 2, 3, 4].flatMap(() => [IAC, SB, 24, 1, IAC, SE])],
    [],
    [IAC, WILL, 24, ...['XTERM-256COLOR', 'XTERM', 'VT100', 'VT100'].flatMap((type) => [IAC, SB, 24, 0, ...text(type), IAC, SE])],
  ],
  ['no terminal type before it was agreed', [IAC, SB, 24, 1, IAC, SE], [], []],
  [
    'UTF-8 is accepted (RFC 2066)',
    [IAC, WILL, 42, IAC, SB, 42, 1, ...text(';ISO-8859-1;UTF-8'), IAC, SE],
    [],
    [IAC, DO, 42, IAC, SB, 42, 2, ...text('UTF-8'), IAC, SE],
  ],
  ['other charsets are rejected', [IAC, SB, 42, 1, ...text(' KOI8-R'), IAC, SE], [], [IAC, SB, 42, 3, IAC, SE]],
  ['a subnegotiation may hold a doubled IAC', [IAC, SB, 99, IAC, IAC, SE, IAC, SE, 97], [97], []],
  ['a subnegotiation that is never ended ends with the next command', [IAC, SB, 24, 1, IAC, WILL, 1, 97], [97], [IAC, DO, 1]],
  ['an overlong subnegotiation is dropped', [IAC, DO, 24, IAC, SB, 24, 1, ...new Array(5000).fill(65), IAC, SE, 97], [97], [IAC, WILL, 24]],
];

describe.each(VECTORS)('%s', (_name, received, data, sent) => {
  it.each([1, 2, 3, 5, Infinity])('in pieces of %s', (step) => {
    const seen = feed(received, step);
    expect(seen.data).toEqual(data);
    expect(seen.sent).toEqual(sent);
  });
});

it('doubles an IAC in the window size', () =>
  expect(feed([IAC, DO, 31], 1, 255, 255).sent.slice(3)).toEqual([IAC, SB, 31, 0, 255, 255, 0, 255, 255, IAC, SE]));

it('tells a new size only once agreed', () => {
  const { codec, sent } = feed([]);
  codec.resize(100, 30);
  expect(sent).toEqual([]);
  codec.receive(Uint8Array.of(IAC, DO, 31));
  codec.resize(120, 40);
  expect(sent.slice(-9)).toEqual([IAC, SB, 31, 0, 120, 0, 40, IAC, SE]);
});

it('says when the server takes the echo over and when it gives it back', () =>
  expect(feed([IAC, WILL, 1, IAC, WILL, 1, IAC, WONT, 1]).echo).toEqual([true, false]));

it('sends typed bytes with IAC doubled and a bare CR as CR NUL', () => {
  const { codec } = feed([]);
  expect([...codec.encode(Uint8Array.of(97, 13, 255, 13, 10))]).toEqual([97, 13, 0, 255, 255, 13, 10]);
});

it('stops answering a server that never stops asking', () => {
  const flood = Array.from({ length: 5000 }, () => [IAC, DO, 39]).flat();
  expect(feed(flood).sent).toHaveLength(3000);
});

describe('output that an interrupt made worthless (RFC 860)', () => {
  const ask = [IAC, DO, 6];

  it.each([
    [WILL, 1],
    [WONT, 1],
    [WILL, Infinity],
  ])('is dropped up to the mark, answered by %s, in pieces of %s', (verb, step) => {
    const { codec, sent } = feed([]);
    codec.interruptOutput(Uint8Array.of(3));
    expect(sent).toEqual([...ask, 3]);
    const bytes = [...text('y\r\ny\r\n'), IAC, IAC, 121, IAC, WILL, 0, 13, IAC, verb, 6, ...text('$ ')];
    const data: number[] = [];
    for (let at = 0; at < bytes.length; at += step) data.push(...codec.receive(Uint8Array.from(bytes.slice(at, at + step))));
    expect(data).toEqual(text('$ '));
    expect(sent).toEqual([...ask, 3, IAC, DO, 0]);
  });

  it('is shown again where the server never marks', () => {
    let now = 0;
    const codec = new TelnetCodec({ send: () => {}, echo: () => {} }, 80, 24, () => now);
    codec.interruptOutput(Uint8Array.of(3));
    expect([...codec.receive(Uint8Array.from(text('lost')))]).toEqual([]);
    now = 10_001;
    expect([...codec.receive(Uint8Array.from(text('shown')))]).toEqual(text('shown'));
  });

  it('is not to be asked of what never negotiated', () => {
    expect(feed(text('a\r\n')).codec.negotiates).toBe(false);
    expect(feed([IAC, DO, 24]).codec.negotiates).toBe(true);
  });

  it('a mark that nobody asked for is no data and no option', () => {
    const { data, sent } = feed([97, IAC, WILL, 6, 98]);
    expect([data, sent]).toEqual([text('ab'), []]);
  });
});
