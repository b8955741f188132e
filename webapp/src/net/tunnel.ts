import { targetText, tunnelAddress, type Target } from './addresses';
import { isAlive, whyRefused } from './api';
import { Meter } from './meter';
import { endText, refusalText } from './problem';
import { openTransport, type Transport } from './transport';

/** How a tunnel ended, for a person. */
export interface End {
  /** Whether it ended as things should: closed by the target or by the user. */
  readonly clean: boolean;
  readonly text: string;
  /** Whether it had been open. */
  readonly wasOpen: boolean;
}

export type TunnelState = 'opening' | 'open' | 'closed';

/** Where a tunnel's bytes go. Set before `open`. */
export interface Sink {
  opened?(): void;
  /** The next bytes come once the promise is fulfilled. */
  received(bytes: Uint8Array): Promise<void> | void;
  ended(end: End): void;
}

/** Bytes per second that are read at most; infinite = as fast as they come, zero = not at all. */
export type Pace = number;

const SLICE_MILLIS = 50;
/** What nothing but the handshake itself could tell. */
const ALLOWED_AND_REFUSED =
  'Refused, though you may open this target: too many tunnels lead to it now, or something on the way lets no WebSocket pass. Try again in a moment.';

/**
 * A raw tunnel to one target. What the page does not take is not read from the WebSocket, so the
 * gate closes and the target is stopped.
 */
export class Tunnel {
  readonly meter = new Meter();
  readonly label: string;
  readonly startedAt = Date.now();
  state: TunnelState = 'opening';
  /** The speed at which to read, also in the middle of a message. */
  pace: Pace = Infinity;
  private readonly transport: Transport;
  private leaving = false;
  /** Waits no longer for what was handed on to be taken. */
  private letGo = () => {};

  constructor(
    readonly target: Target,
    private readonly sink: Sink,
  ) {
    this.label = targetText(target);
    this.transport = openTransport(tunnelAddress(target), {
      opened: () => {
        this.state = 'open';
        this.sink.opened?.();
      },
      received: (bytes) => this.received(bytes),
      closed: (code, reason) => void this.closed(code, reason),
    });
  }

  /** Sends in order; fulfilled when the browser can take more. */
  async send(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    this.meter.up += bytes.length;
    await this.transport.send(bytes);
  }

  /** Ends the tunnel after what was sent; what still comes is dropped. */
  close(): void {
    this.leaving = true;
    this.letGo();
    this.transport.close();
  }

  private async received(bytes: Uint8Array): Promise<void> {
    if (this.leaving) return;
    const { meter } = this;
    const from = performance.now();
    meter.waiting += bytes.length;
    await this.taken(this.sink.received(bytes));
    let rest = bytes.length;
    const take = (count: number) => {
      rest -= count;
      meter.down += count;
      meter.waiting -= count;
    };
    for (let last = from; this.pace !== Infinity && !this.leaving; ) {
      const now = performance.now();
      const due = Math.round((this.pace * (now - last)) / 1000);
      if (due >= rest) break;
      take(due);
      if (last > from) meter.heldMillis += now - last;
      last = now;
      await new Promise((later) => setTimeout(later, SLICE_MILLIS));
    }
    take(rest);
  }

  /** Fulfilled when `taking` is, or the tunnel is left. */
  private taken(taking: Promise<void> | void): Promise<void> | void {
    if (!taking) return;
    return new Promise((done, failed) => {
      this.letGo = done;
      taking.then(done, failed);
    });
  }

  private async closed(code: number, reason: string): Promise<void> {
    const wasOpen = this.state === 'open';
    this.state = 'closed';
    this.sink.ended({
      wasOpen,
      clean: code === 1000 || (this.leaving && code !== 1011),
      text: this.leaving ? 'You closed it.' : await this.words(wasOpen, code, reason),
    });
  }

  private async words(wasOpen: boolean, code: number, reason: string): Promise<string> {
    if (wasOpen || code !== 1006) return endText(code, reason);
    // a browser hides the status of a refused upgrade: ask for the reason in another way
    const why = await whyRefused(this.target);
    if (why === 'allowed') return ALLOWED_AND_REFUSED;
    if (why) return refusalText(why);
    return (await isAlive())
      ? 'Refused: the gateway does not let you open this target, or knows no such name.'
      : 'The gateway cannot be reached.';
  }
}
