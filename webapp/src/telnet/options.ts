import { BINARY, CHARSET, DO, DONT, ECHO, SUPPRESS_GO_AHEAD, TERMINAL_TYPE, WILL, WINDOW_SIZE, WONT } from './protocol';

/** Options that we perform when the server asks. */
const OURS = new Set([BINARY, SUPPRESS_GO_AHEAD, TERMINAL_TYPE, WINDOW_SIZE, CHARSET]);
/** Options that the server may perform. */
const THEIRS = new Set([BINARY, ECHO, SUPPRESS_GO_AHEAD, CHARSET]);

/**
 * Which options are in use on each side. We ask for nothing by ourselves, so an answer is due
 * exactly when a request changes something or cannot be granted: no negotiation can loop (RFC 854).
 */
export class Options {
  private readonly ours = new Set<number>();
  private readonly theirs = new Set<number>();

  /** Whether we perform `option`. */
  weDo(option: number): boolean {
    return this.ours.has(option);
  }

  /** Whether the server performs `option`. */
  theyDo(option: number): boolean {
    return this.theirs.has(option);
  }

  /** Takes WILL, WONT, DO or DONT; returns the verb to answer with, or null. */
  request(verb: number, option: number): number | null {
    switch (verb) {
      case DO:
        return grant(this.ours, OURS, option, WILL, WONT);
      case WILL:
        return grant(this.theirs, THEIRS, option, DO, DONT);
      case DONT:
        return this.ours.delete(option) ? WONT : null;
      default:
        return this.theirs.delete(option) ? DONT : null;
    }
  }
}

function grant(inUse: Set<number>, possible: Set<number>, option: number, yes: number, no: number): number | null {
  if (!possible.has(option)) return no;
  if (inUse.has(option)) return null;
  inUse.add(option);
  return yes;
}
