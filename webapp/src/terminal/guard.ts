/**
 * Stands between a target and the terminal. What a hostile target could use is taken out of its
 * output: numbers that keep the terminal busy, every request for an answer but device status
 * reports, clipboard and colour access, links to other schemes; titles are told apart, harmless.
 *
 * It works on text that is already decoded, so that no broken UTF-8 can hide a control character,
 * and keeps its place when a sequence is split between two calls.
 */

type State = 'ground' | 'escape' | 'csi' | 'osc' | 'string' | 'string-escape';

/** Largest number that any sequence may carry. */
const MOST = 9999;
/** Largest count of a sequence that repeats work: no screen is larger. */
const MOST_REPEATS = 1024;
/** Final bytes of those: ICH, cursor and tab movements, IL, DL, DCH, SU, SD, ECH, CBT, REP. */
const REPEATING = new Set('@ABCDEFILMPSTXZab');
/** Longer control sequences are dropped. */
const LONGEST_CSI = 256;
/** Longer titles and links are dropped. */
const LONGEST_OSC = 4096;
const LONGEST_TITLE = 80;
/** Combining marks on one cell; more are dropped. */
const MARKS = /(\p{M}{8})\p{M}+/gu;

const CONTROL = /[\x1b\x80-\x9f]/g;
const C1_TO_ESCAPE = (c1: number) => String.fromCharCode(c1 - 0x40);

export class OutputGuard {
  private state: State = 'ground';
  private sequence = '';
  private tooLong = false;

  /** @param onTitle gets titles as plain text of one line */
  constructor(private readonly onTitle: (title: string) => void = () => {}) {}

  /** Forgets a sequence that was begun: its rest will not come. */
  reset(): void {
    this.state = 'ground';
  }

  /** What of `text` the terminal may have. */
  filter(text: string): string {
    let out = '';
    for (let at = 0; at < text.length; ) {
      if (this.state === 'ground') {
        CONTROL.lastIndex = at;
        const end = CONTROL.exec(text)?.index ?? text.length;
        out += harmless(text.slice(at, end));
        at = end;
        if (at < text.length) this.control(text.charCodeAt(at++));
      } else {
        out += this.step(text[at++] as string);
      }
    }
    return out;
  }

  /** ESC, or a C1 control, which means ESC and a letter. */
  private control(code: number): void {
    this.state = 'escape';
    this.sequence = '';
    this.tooLong = false;
    if (code !== 0x1b) this.introduced(C1_TO_ESCAPE(code));
  }

  /** Takes the character after ESC; returns whether it began something longer. */
  private introduced(char: string): boolean {
    const states: Record<string, State> = { '[': 'csi', ']': 'osc', P: 'string', X: 'string', '^': 'string', _: 'string' };
    this.state = states[char] ?? 'ground';
    return this.state !== 'ground';
  }

  private step(char: string): string {
    const code = char.charCodeAt(0);
    if (code === 0x18 || code === 0x1a) return this.abort();
    switch (this.state) {
      case 'escape':
        return this.afterEscape(char, code);
      case 'csi':
        return this.inCsi(char, code);
      case 'string-escape':
        return this.afterStringEscape(char);
      default:
        return this.inString(char, code);
    }
  }

  private abort(): string {
    this.state = 'ground';
    return '';
  }

  private afterEscape(char: string, code: number): string {
    if (code === 0x1b || code >= 0x80) {
      this.control(code);
      return '';
    }
    if (code < 0x20) return char; // controls inside a sequence act at once
    if (code < 0x30) {
      if (this.sequence.length < 4) this.sequence += char; // intermediates, such as ESC ( B
      return '';
    }
    if (this.sequence === '' && this.introduced(char)) return '';
    this.state = 'ground';
    // DECID asks for an answer; a lone ST ends nothing
    return this.sequence === '' && (char === 'Z' || char === '\\') ? '' : `\x1b${this.sequence}${char}`;
  }

  private inCsi(char: string, code: number): string {
    if (code === 0x1b || code >= 0x80) {
      this.control(code);
      return '';
    }
    if (code < 0x20) return char;
    if (code < 0x40) {
      if (this.sequence.length < LONGEST_CSI) this.sequence += char;
      else this.tooLong = true;
      return '';
    }
    this.state = 'ground';
    return this.tooLong || code === 0x7f ? '' : allowedCsi(this.sequence, char);
  }

  private inString(char: string, code: number): string {
    if (code === 0x1b) {
      this.state = 'string-escape';
      return '';
    }
    if (code === 0x9c || (code === 0x07 && this.state === 'osc')) return this.endString();
    if (this.state === 'osc') {
      if (this.sequence.length < LONGEST_OSC) this.sequence += char;
      else this.tooLong = true;
    }
    return '';
  }

  private afterStringEscape(char: string): string {
    if (char === '\\') return this.endString();
    // any other escape ends the string unused and begins anew
    this.control(0x1b);
    return this.step(char);
  }

  private endString(): string {
    const command = this.tooLong ? '' : this.sequence;
    this.state = 'ground';
    this.sequence = '';
    const [, number, rest = ''] = /^(\d{1,4});([\s\S]*)$/.exec(command) ?? [];
    if (number === '0' || number === '2') this.onTitle(titleText(rest));
    return number === '8' ? link(rest) : '';
  }
}

function harmless(text: string): string {
  // plain ASCII, the usual case, has no marks
  return /[^\0-\x7f]/.test(text) ? text.replace(MARKS, '$1') : text;
}

/** The sequence with its numbers clamped, or nothing where it would make the terminal answer. */
function allowedCsi(body: string, final: string): string {
  const [, prefix = '', parameters = '', intermediates = ''] = /^([<-?]*)([0-9:;]*)([ -/]*)$/.exec(body) ?? [, '!'];
  if (prefix === '!') return ''; // not in the order of ECMA-48
  const answers =
    final === 'c' || // device attributes
    final === 't' || // window operations and reports
    (final === 'q' && prefix === '>') || // version
    (final === 'p' && intermediates.includes('$')) || // mode reports
    (final === 'u' && prefix !== '') || // keyboard protocol
    (final === 'n' && !/^[56]?$/.test(parameters)) || // status reports other than "ok" and the cursor
    (final === 'y' && intermediates.includes('*')) || // checksum reports
    final === 'x';
  if (answers) return '';
  const most = REPEATING.has(final) && prefix === '' && intermediates === '' ? MOST_REPEATS : MOST;
  const clamped = parameters.replace(/\d+/g, (digits) => (digits.length < 4 ? digits : String(Math.min(most, Number(digits)))));
  return `\x1b[${prefix}${clamped}${intermediates}${final}`;
}

/** A title as one line of visible text, cut. */
export function titleText(title: string): string {
  const visible = title.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '').trim();
  const chars = [...visible];
  return chars.length > LONGEST_TITLE ? `${chars.slice(0, LONGEST_TITLE - 1).join('')}…` : visible;
}

/** OSC 8 with its address only where that is http or https. */
function link(parameters: string): string {
  const address = parameters.slice(parameters.indexOf(';') + 1);
  const safe = /^https?:\/\/[\x21-\x7e]+$/i.test(address);
  return `\x1b]8;;${safe ? address : ''}\x1b\\`;
}
