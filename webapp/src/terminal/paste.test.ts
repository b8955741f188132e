import { expect, it } from 'vitest';
import { pastedText } from './paste';

it('keeps text, line ends and tabs', () => expect(pastedText('ümläut 🎉\r\n\tx\n')).toBe('ümläut 🎉\r\n\tx\n'));

it('loses what would end a bracketed paste or be a key', () => expect(pastedText('a\x1b[201~b\u009b201~c\x03\x04\x00d\x7f')).toBe('a[201~b201~cd'));
