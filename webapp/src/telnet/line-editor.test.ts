import { expect, it } from 'vitest';
import { LineEditor } from './line-editor';

function type(text: string) {
  const seen = { echo: '', lines: [] as string[], interrupts: 0 };
  new LineEditor((t) => (seen.echo += t), (line) => seen.lines.push(line), () => seen.interrupts++).typed(text);
  return seen;
}

it('echoes and submits whole lines', () => expect(type('ab\rc\r')).toMatchObject({ echo: 'ab\r\nc\r\n', lines: ['ab', 'c'] }));
it('erases a character, also beyond the basic plane', () => expect(type('a🎉\x7fb\r').lines).toEqual(['ab']));
it('erases no further than the beginning', () => expect(type('a\x7f\x7f\x7f').echo).toBe('a\b \b'));
it('erases the line with Ctrl-U', () => expect(type('abc\x15d\r').lines).toEqual(['d']));
it('interrupts with Ctrl-C', () => expect(type('abc\x03d\r')).toMatchObject({ interrupts: 1, lines: ['d'] }));
it('ignores cursor keys', () => expect(type('a\x1b[Ab\x1bOPc\r').lines).toEqual(['abc']));
