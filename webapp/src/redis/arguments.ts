/** A typed line as arguments, quoted as redis-cli has it. */

const ESCAPES: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, a: 7 };

/** The arguments, or a sentence about what is wrong. */
export function splitArguments(line: string): Uint8Array[] | string {
  const encoder = new TextEncoder();
  const args: Uint8Array[] = [];
  let rest = line.trimStart();
  while (rest) {
    const quoted = /^"((?:[^"\\]|\\.)*)"(?=\s|$)|^'((?:[^'\\]|\\.)*)'(?=\s|$)/.exec(rest);
    if (quoted) {
      args.push(quoted[1] !== undefined ? unescape(quoted[1]) : encoder.encode((quoted[2] ?? '').replace(/\\'/g, "'")));
      rest = rest.slice(quoted[0].length).trimStart();
    } else if (/^["']/.test(rest)) {
      return 'A quote is not closed, or something follows it directly.';
    } else {
      const [word = ''] = /^\S+/.exec(rest) ?? [];
      args.push(encoder.encode(word));
      rest = rest.slice(word.length).trimStart();
    }
  }
  return args;
}

function unescape(text: string): Uint8Array {
  const encoder = new TextEncoder();
  const out: number[] = [];
  for (const [, hex, escaped, plain] of text.matchAll(/\\x([0-9a-f]{2})|\\(.)|([^\\]+)/gis)) {
    if (hex !== undefined) out.push(parseInt(hex, 16));
    else if (escaped !== undefined) out.push(...(escaped in ESCAPES ? [ESCAPES[escaped] as number] : encoder.encode(escaped)));
    else out.push(...encoder.encode(plain));
  }
  return Uint8Array.from(out);
}

const strict = new TextDecoder('utf-8', { fatal: true });

/** Bytes as text in quotes; what is no printable UTF-8 as \xHH. */
export function quote(bytes: Uint8Array): string {
  let text: string | null = null;
  try {
    text = strict.decode(bytes);
  } catch {
    // binary
  }
  if (text !== null && !/[\p{C}\p{Zl}\p{Zp}"\\]/u.test(text)) return `"${text}"`;
  const hex = (byte: number) => `\\x${byte.toString(16).padStart(2, '0')}`;
  const named: Record<number, string> = { 34: '\\"', 92: '\\\\', 10: '\\n', 13: '\\r', 9: '\\t' };
  if (text !== null) {
    const shown = [...text].map((char) => {
      const code = char.codePointAt(0) as number;
      if (named[code]) return named[code];
      return /[\p{C}\p{Zl}\p{Zp}]/u.test(char) ? [...new TextEncoder().encode(char)].map(hex).join('') : char;
    });
    return `"${shown.join('')}"`;
  }
  return `"${[...bytes].map((byte) => named[byte] ?? (byte >= 32 && byte < 127 ? String.fromCharCode(byte) : hex(byte))).join('')}"`;
}
