/** A reply as a person reads it, in the manner of redis-cli. */
import { quote } from './arguments';
import type { Reply } from './resp';

const decoder = new TextDecoder();
/** Bytes of a string, and parts of one level, that are shown. */
const LONGEST = 64 * 1024;
const MOST_SHOWN = 5000;

/** Removes what could disturb the page from text that a server wrote for people. */
export function plain(text: string): string {
  return text.replace(/[^\P{C}\n\t]/gu, '·').replace(/[\p{Zl}\p{Zp}]/gu, '·');
}

/** Several lines; nested replies are numbered and indented. */
export function pretty(reply: Reply, indent = ''): string {
  switch (reply.kind) {
    case 'simple':
      return plain(reply.text);
    case 'error':
      return `(error) ${plain(reply.text)}`;
    case 'number':
      return `(integer) ${plain(reply.text)}`;
    case 'double':
      return `(double) ${plain(reply.text)}`;
    case 'boolean':
      return reply.value ? '(true)' : '(false)';
    case 'nil':
      return '(nil)';
    case 'bulk':
      return reply.bytes.length > LONGEST ? `${quote(reply.bytes.subarray(0, LONGEST))} … (${reply.bytes.length} bytes)` : quote(reply.bytes);
    case 'verbatim':
      return plain(decoder.decode(reply.bytes));
    case 'map':
      return numbered(reply.entries, ([key, value]) => `${pretty(key)} => ${pretty(value, `${indent}   `)}`, indent, '#') || '(empty hash)';
    default:
      return numbered(reply.items, (item) => pretty(item, indent + pad(reply.items.length)), indent, reply.kind === 'set' ? '~' : ')') || `(empty ${reply.kind})`;
  }
}

function pad(count: number): string {
  return ' '.repeat(String(count).length + 2);
}

function numbered<T>(parts: readonly T[], text: (part: T) => string, indent: string, mark: string): string {
  const width = String(parts.length).length;
  const lines = parts.slice(0, MOST_SHOWN).map((part, i) => `${String(i + 1).padStart(width)}${mark} ${text(part)}`);
  if (parts.length > MOST_SHOWN) lines.push(`… (${parts.length} in all)`);
  return lines.join(`\n${indent}`);
}

/** INFO, CLIENT LIST and the like come as one string of lines: shown as lines. */
export function isDocument(reply: Reply): boolean {
  if (reply.kind === 'verbatim') return true;
  return reply.kind === 'bulk' && reply.bytes.includes(10) && /^[\x20-\x7e\r\n\t]*$/.test(decoder.decode(reply.bytes));
}

export function documentText(reply: Reply): string {
  return reply.kind === 'bulk' || reply.kind === 'verbatim' ? plain(decoder.decode(reply.bytes).replace(/\r\n/g, '\n')) : pretty(reply);
}
