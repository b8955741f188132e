/** Commands and their replies in order, and what comes in between: pushes, subscriptions, MONITOR. */
import { command, RespReader, type Reply } from './resp';

export interface RedisEvents {
  send(bytes: Uint8Array): Promise<void>;
  /** A message that answers no command. */
  pushed(reply: Reply): void;
  /** The stream makes no sense any more. */
  broken(reason: string): void;
}

type Waiter = (reply: Reply) => void;

const LOST: Reply = { kind: 'error', text: 'the connection was closed' };
const SUBSCRIBE = /^(P|S)?(UN)?SUBSCRIBE$/i;
const decoder = new TextDecoder();

/** The words that RESP2 has for what RESP3 sends as a push. */
const MESSAGES = new Set(['message', 'pmessage', 'smessage', 'subscribe', 'psubscribe', 'ssubscribe', 'unsubscribe', 'punsubscribe', 'sunsubscribe']);

export class RedisClient {
  private readonly waiting: Waiter[] = [];
  private readonly reader = new RespReader((reply) => this.received(reply));
  private monitoring = false;
  private subscriptions = 0;

  constructor(private readonly events: RedisEvents) {}

  /** Whether replies no longer answer commands one by one. */
  get live(): boolean {
    return this.monitoring || this.subscriptions > 0;
  }

  receive(bytes: Uint8Array): void {
    try {
      this.reader.receive(bytes);
    } catch (failure) {
      this.events.broken((failure as Error).message);
    }
  }

  /** Sends a command. A subscription answers by pushes, at once by "OK" here. */
  async run(args: readonly (string | Uint8Array)[]): Promise<Reply> {
    const name = typeof args[0] === 'string' ? args[0] : decoder.decode(args[0]);
    const subscribes = SUBSCRIBE.test(name);
    const reply = subscribes ? null : new Promise<Reply>((resolve) => this.waiting.push(resolve));
    await this.events.send(command(args));
    if (!reply) return { kind: 'simple', text: 'live: messages appear as they come' };
    const answer = await reply;
    if (/^MONITOR$/i.test(name) && answer.kind === 'simple') this.monitoring = true;
    if (/^RESET$/i.test(name)) {
      this.monitoring = false;
      this.subscriptions = 0;
    }
    return answer;
  }

  /** The tunnel is gone: whoever waits is told. */
  closed(): void {
    for (const waiter of this.waiting.splice(0)) waiter(LOST);
  }

  private received(reply: Reply): void {
    const word = firstWord(reply);
    if (reply.kind === 'push' || (reply.kind === 'array' && this.isMessage(word, reply.items))) {
      this.count(word, reply.items);
      return this.events.pushed(reply);
    }
    // MONITOR's lines are simple strings that begin with a time
    if (this.monitoring && reply.kind === 'simple' && /^\d+\.\d+ \[/.test(reply.text)) return this.events.pushed(reply);
    const waiter = this.waiting.shift();
    if (waiter) waiter(reply);
    else this.events.pushed(reply);
  }

  private isMessage(word: string, items: readonly Reply[]): boolean {
    return MESSAGES.has(word) && items.length >= 3 && (this.subscriptions > 0 || this.waiting.length === 0);
  }

  /** The last part of a confirmation is the number of subscriptions. */
  private count(word: string, items: readonly Reply[]): void {
    const last = items.at(-1);
    if (/subscribe$/.test(word) && last?.kind === 'number') this.subscriptions = Number(last.text);
  }
}

function firstWord(reply: Reply): string {
  const first = reply.kind === 'array' || reply.kind === 'push' ? reply.items[0] : undefined;
  if (first?.kind === 'bulk') return decoder.decode(first.bytes);
  return first?.kind === 'simple' ? first.text : '';
}
