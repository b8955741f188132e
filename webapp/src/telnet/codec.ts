import { Options } from './options';
import { BINARY, CHARSET, DO, DONT, ECHO, IAC, SB, SE, TERMINAL_TYPE, TIMING_MARK, WILL, WINDOW_SIZE, WONT } from './protocol';

type State = 'data' | 'cr' | 'iac' | 'option' | 'sub' | 'sub-iac';

/** Terminal types in the order of preference; the last is told again at the end (RFC 1091). */
const TERMINAL_TYPES = ['XTERM-256COLOR', 'XTERM', 'VT100'];
/** Longer subnegotiations are dropped. */
const LONGEST_SUB = 1024;
/** Milliseconds after which a server that never marks is shown again. */
const LONGEST_SKIP = 10_000;
/** A server that asks more often than this gets no more answers. */
const MOST_ANSWERS = 1000;
const CR = 13;
const LF = 10;
const NUL = 0;
/** What a byte stands for that is no data. */
const NOTHING = -1;

export interface TelnetEvents {
  /** Sends to the server, as it is. */
  send(bytes: Uint8Array): void;
  /** Whether the server echoes now: if not, lines are edited and echoed here. */
  echo(byServer: boolean): void;
}

/**
 * The client's side of Telnet: RFC 854 with the options of RFC 856, 857, 858, 860, 1073, 1091 and 2066.
 * Input may be split at any byte.
 */
export class TelnetCodec {
  private readonly options = new Options();
  private state: State = 'data';
  private verb = 0;
  private sub: number[] = [];
  private nextType = 0;
  private answers = 0;
  private skipsUntil = 0;
  private negotiated = false;

  constructor(
    private readonly events: TelnetEvents,
    private columns: number,
    private rows: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Whether the server echoes what is typed. */
  get serverEchoes(): boolean {
    return this.options.theyDo(ECHO);
  }

  /** Whether the server has ever negotiated: what speaks no Telnet answers no request either. */
  get negotiates(): boolean {
    return this.negotiated;
  }

  /** What of the server's bytes is data. */
  receive(bytes: Uint8Array): Uint8Array {
    if (this.now() > this.skipsUntil) this.skipsUntil = 0;
    const data = new Uint8Array(bytes.length);
    let length = 0;
    for (let at = this.next(bytes, 0); at < bytes.length; at = this.next(bytes, at + 1)) {
      const byte = bytes[at] as number;
      const out = this.state === 'data' && byte !== IAC && byte !== CR ? byte : this.step(byte);
      if (out !== NOTHING && !this.skipsUntil) data[length++] = out;
    }
    return data.subarray(0, length);
  }

  /** Where from `at` on is a byte that matters: where data is dropped, that of the next command. */
  private next(bytes: Uint8Array, at: number): number {
    if (!this.skipsUntil || (this.state !== 'data' && this.state !== 'cr')) return at;
    this.state = 'data';
    const command = bytes.indexOf(IAC, at);
    return command < 0 ? bytes.length : command;
  }

  private step(byte: number): number {
    switch (this.state) {
      case 'data':
        return this.inData(byte);
      case 'cr':
        this.state = 'data';
        return byte === NUL ? NOTHING : this.inData(byte); // CR NUL is a bare CR
      case 'iac':
        return this.afterIac(byte);
      case 'option':
        this.state = 'data';
        this.negotiate(byte);
        return NOTHING;
      default:
        this.inSub(byte);
        return NOTHING;
    }
  }

  private inData(byte: number): number {
    if (byte === IAC) {
      this.state = 'iac';
      return NOTHING;
    }
    if (byte === CR && !this.options.theyDo(BINARY)) this.state = 'cr';
    return byte;
  }

  private afterIac(byte: number): number {
    this.state = 'data';
    if (byte === IAC) return IAC;
    if (byte === SB) {
      this.state = 'sub';
      this.sub = [];
    } else if (byte >= WILL && byte <= DONT) {
      this.state = 'option';
      this.verb = byte;
    }
    return NOTHING; // GA, NOP, DM and the like mean nothing to a terminal
  }

  private negotiate(option: number): void {
    this.negotiated = true;
    if (option === TIMING_MARK && (this.verb === WILL || this.verb === WONT)) {
      this.skipsUntil = 0; // either way: the server has come to where it was asked
      return;
    }
    const echoed = this.serverEchoes;
    const answer = this.options.request(this.verb, option);
    if (answer !== null) this.answer(IAC, answer, option);
    if (option === WINDOW_SIZE && answer === WILL) this.tellSize();
    if (echoed !== this.serverEchoes) this.events.echo(this.serverEchoes);
  }

  private inSub(byte: number): void {
    if (this.state === 'sub-iac') {
      this.state = 'sub';
      if (byte === SE) {
        this.state = 'data';
        this.subnegotiate();
        return;
      }
      if (byte !== IAC) {
        // a command inside a subnegotiation: it was never ended
        this.state = 'iac';
        this.afterIac(byte);
        return;
      }
    } else if (byte === IAC) {
      this.state = 'sub-iac';
      return;
    }
    if (this.sub.length <= LONGEST_SUB) this.sub.push(byte);
  }

  private subnegotiate(): void {
    const [option, command, ...rest] = this.sub;
    if (this.sub.length > LONGEST_SUB) return;
    if (option === TERMINAL_TYPE && command === 1 && this.options.weDo(TERMINAL_TYPE)) this.tellType();
    if (option === CHARSET && command === 1) this.chooseCharset(rest);
  }

  private tellType(): void {
    const type = TERMINAL_TYPES[Math.min(this.nextType++, TERMINAL_TYPES.length - 1)] as string;
    this.answer(IAC, SB, TERMINAL_TYPE, 0, ...ascii(type), IAC, SE);
  }

  /** UTF-8 where it is among those offered: a separator, then names with it between them. */
  private chooseCharset(request: readonly number[]): void {
    const [separator, ...names] = String.fromCharCode(...request).replace(/^\[TTABLE\]./, '');
    const utf8 = names.join('').split(separator ?? ' ').find((name) => /^utf-?8$/i.test(name));
    if (utf8) this.answer(IAC, SB, CHARSET, 2, ...ascii(utf8), IAC, SE);
    else this.answer(IAC, SB, CHARSET, 3, IAC, SE);
  }

  private answer(...bytes: number[]): void {
    if (this.answers++ < MOST_ANSWERS) this.events.send(Uint8Array.from(bytes));
  }

  /** The window has this size now. */
  resize(columns: number, rows: number): void {
    this.columns = columns;
    this.rows = rows;
    if (this.options.weDo(WINDOW_SIZE)) this.tellSize();
  }

  private tellSize(): void {
    const size = [this.columns >> 8, this.columns & 255, this.rows >> 8, this.rows & 255];
    this.events.send(Uint8Array.of(IAC, SB, WINDOW_SIZE, ...size.flatMap((byte) => (byte === IAC ? [IAC, IAC] : [byte])), IAC, SE));
  }

  /** What is typed, as it goes over the wire: IAC doubled, and a bare CR as CR NUL. */
  encode(typed: Uint8Array): Uint8Array {
    const out: number[] = [];
    typed.forEach((byte, at) => {
      out.push(byte);
      if (byte === IAC) out.push(IAC);
      if (byte === CR && typed[at + 1] !== LF && !this.options.weDo(BINARY)) out.push(NUL);
    });
    return Uint8Array.from(out);
  }

  /**
   * Sends an interrupt and drops what came before it took effect: until the server has read all that
   * was sent so far, which it marks (RFC 860). The mark is asked for first and in the same message:
   * what the interrupt brings about, such as a prompt, comes behind it.
   */
  interruptOutput(interrupt: Uint8Array): void {
    this.skipsUntil = this.now() + LONGEST_SKIP;
    this.events.send(Uint8Array.of(IAC, DO, TIMING_MARK, ...interrupt));
  }
}

function ascii(text: string): number[] {
  return [...text].map((char) => char.charCodeAt(0));
}

