/** Bytes as text and as a hex dump, and what a person types as bytes. */

/** Text for showing only: what is no printable character becomes a visible sign. */
export function shownText(bytes: Uint8Array, decoder: TextDecoder = new TextDecoder()): string {
  return decoder
    .decode(bytes, { stream: true })
    .replace(/\r\n?/g, (ends) => (ends === '\r\n' ? '␍␊\n' : '␍'))
    .replace(/(?<!␊)\n/g, '␊\n')
    .replace(/[\0-\x09\x0b-\x1f]/g, (control) => (control === '\t' ? '\t' : String.fromCharCode(0x2400 + control.charCodeAt(0))))
    .replace(/[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g, '·')
    .replace(/\n$/, '');
}

const WIDTH = 16;

/** Lines of an offset, sixteen bytes and their ASCII. */
export function hexDump(bytes: Uint8Array, offset = 0): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += WIDTH) {
    const row = [...bytes.subarray(at, at + WIDTH)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0'));
    const halves = `${hex.slice(0, 8).join(' ')}  ${hex.slice(8).join(' ')}`.padEnd(WIDTH * 3);
    const ascii = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${(offset + at).toString(16).padStart(8, '0')}  ${halves}  ${ascii}`);
  }
  return lines.join('\n');
}

/** `68 65 6c`, `0x68,0x65` or `68656c` as bytes; null where it is no hex. */
export function parseHex(text: string): Uint8Array | null {
  const digits = text.replace(/0x/gi, '').replace(/[\s,:;-]/g, '');
  if (digits.length % 2 || /[^0-9a-f]/i.test(digits)) return null;
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));
}

/** `\r`, `\n`, `\t`, `\0`, `\\` and `\xHH` in a line as the bytes they stand for; the rest as UTF-8. */
export function parseEscapes(text: string): Uint8Array {
  const encoder = new TextEncoder();
  const parts: number[] = [];
  const named: Record<string, number> = { r: 13, n: 10, t: 9, '0': 0, e: 27, '\\': 92 };
  for (const [, escaped, plain] of text.matchAll(/\\(x[0-9a-f]{2}|[rnt0e\\])|([^\\]+|\\)/gi)) {
    if (escaped?.[0] === 'x') parts.push(parseInt(escaped.slice(1), 16));
    else if (escaped) parts.push(named[escaped] as number);
    else parts.push(...encoder.encode(plain));
  }
  return Uint8Array.from(parts);
}
