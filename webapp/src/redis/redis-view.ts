import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { LineHistory } from '../app/line-history';
import { SessionView } from '../app/session-view';
import { clock } from '../net/figures';
import { quote, splitArguments } from './arguments';
import { RedisClient } from './client';
import { complete, docFor, readDocs, textOf, type CommandDoc } from './documentation';
import './keys-panel';
import { documentText, isDocument, pretty } from './pretty';
import type { Reply } from './resp';
import { mayHoldSecret } from './secrets';

interface Entry {
  readonly id: number;
  readonly kind: 'command' | 'reply' | 'error' | 'push' | 'note';
  readonly text: string;
}

const MOST_ENTRIES = 2000;
const LONGEST_TEXT = 64 * 1024;
const HISTORY_KEY = 'sluice.redis.history';
const FRAME = 100;
/** Pushes that a picture can hold: a faster stream waits for the next one. */
const PER_FRAME = 500;
const decoder = new TextDecoder();

function storedHistory(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(HISTORY_KEY) ?? '[]');
    return Array.isArray(stored) ? stored.map(String) : [];
  } catch {
    return [];
  }
}

/** A message of a stream on one line. */
function oneLine(reply: Reply): string {
  return reply.kind === 'push' || reply.kind === 'array' ? reply.items.map((item) => pretty(item)).join('  ') : pretty(reply);
}

/** A Redis console: commands with history, completion and documentation, and live streams. */
class RedisView extends SessionView {
  private client: RedisClient | null = null;
  private entries: Entry[] = [];
  private docs: ReadonlyMap<string, CommandDoc> = new Map();
  private line = '';
  private readonly history = new LineHistory(storedHistory());
  private browsing = false;
  private needsLogin = false;
  private database = '0';
  private nextId = 0;
  private fresh = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.state === 'idle') this.reconnect();
  }

  protected override reconnect(): void {
    const client: RedisClient = new RedisClient({
      send: async (bytes) => this.tunnel?.send(bytes).catch(() => {}), // the end says why
      pushed: (reply) => this.add('push', `${clock(new Date())}  ${oneLine(reply)}`),
      broken: (reason) => {
        this.add('error', reason);
        this.leave();
      },
    });
    this.client = client;
    this.openTunnel({
      opened: () => void this.greet(client),
      received: (bytes) => {
        client.receive(bytes);
        if (this.fresh > PER_FRAME) return new Promise((later) => setTimeout(later, FRAME));
      },
      ended: ({ text }) => {
        client.closed();
        this.add('note', text);
      },
    });
  }

  /** RESP3 where the server has it, then its documentation. */
  private async greet(client: RedisClient): Promise<void> {
    const hello = await client.run(['HELLO', '3']);
    this.needsLogin = hello.kind === 'error' && /^NOAUTH/.test(hello.text);
    if (hello.kind === 'map') this.add('note', hello.entries.slice(0, 3).map(([key, value]) => `${textOf(key)} ${textOf(value)}`).join(', '));
    else if (!this.needsLogin) this.add('note', 'the server has no RESP3: RESP2');
    this.requestUpdate();
    this.shown();
    if (!this.needsLogin) await this.learn(client);
  }

  private async learn(client: RedisClient): Promise<void> {
    const docs = await client.run(['COMMAND', 'DOCS']);
    if (docs.kind !== 'error') this.docs = readDocs(docs);
    else if (/^NOAUTH/.test(docs.text)) this.needsLogin = true; // where HELLO is unknown, it could not say so
    this.requestUpdate();
  }

  private async login(event: Event): Promise<void> {
    event.preventDefault();
    const { client } = this;
    const [user, password] = [...(event.target as HTMLFormElement).querySelectorAll('input')].map((input) => input.value);
    if (!client) return;
    const reply = await client.run(user ? ['AUTH', user, password ?? ''] : ['AUTH', password ?? '']);
    this.add(reply.kind === 'error' ? 'error' : 'reply', pretty(reply));
    this.needsLogin = reply.kind === 'error';
    if (!this.needsLogin) await this.greet(client);
    this.requestUpdate();
  }

  private add(kind: Entry['kind'], text: string): void {
    const shown = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}\n… (${text.length} characters)` : text;
    this.entries.push({ id: this.nextId++, kind, text: shown });
    if (this.entries.length > MOST_ENTRIES) this.entries.splice(0, this.entries.length - MOST_ENTRIES);
    this.fresh++;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.fresh = 0;
      if (!this.hidden) this.requestUpdate();
    }, 16);
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    const { line } = this;
    const args = splitArguments(line);
    if (typeof args === 'string') return this.add('error', args);
    const [first] = args;
    if (!first) return;
    this.line = '';
    const secret = mayHoldSecret(args);
    if (!secret) this.keep(line.trim());
    this.requestUpdate();
    await this.perform(args, secret ? `${decoder.decode(first)} …` : line.trim());
  }

  private async perform(args: readonly (string | Uint8Array)[], shown: string): Promise<void> {
    this.add('command', shown);
    if (!this.client) return;
    const reply = await this.client.run(args);
    this.add(reply.kind === 'error' ? 'error' : 'reply', isDocument(reply) ? documentText(reply) : pretty(reply));
    const [name, database] = args.map((arg) => (typeof arg === 'string' ? arg : decoder.decode(arg)));
    if (/^select$/i.test(name ?? '') && reply.kind === 'simple') this.database = database ?? '0';
    if (reply.kind === 'error' && /^NOAUTH/.test(reply.text)) this.needsLogin = true;
    this.requestUpdate();
  }

  private keep(line: string): void {
    this.history.add(line);
    try {
      localStorage.setItem(HISTORY_KEY, JSON.stringify(this.history.all));
    } catch {
      // a browser that keeps nothing: the history lasts as long as the tab
    }
  }

  private key(event: KeyboardEvent): void {
    const recalled = this.history.recall(event.key);
    if (recalled !== null) {
      event.preventDefault();
      this.line = recalled;
    } else if (event.key === 'Tab' && !event.shiftKey && this.line) {
      const [best] = complete(this.docs, this.line, 1);
      if (best && best.name !== this.line.toUpperCase()) {
        event.preventDefault();
        this.line = `${best.name} `;
      }
    } else if (event.ctrlKey && event.key === 'l') {
      event.preventDefault();
      this.entries = [];
    }
    this.requestUpdate();
  }

  override shown(): void {
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLInputElement>('.login input, .line')?.focus());
  }

  protected override updated(): void {
    const log = this.querySelector('.log');
    if (log) log.scrollTop = log.scrollHeight;
  }

  protected override tools(): TemplateResult {
    const toggle = () => {
      this.browsing = !this.browsing;
      this.requestUpdate();
    };
    return html`${this.client?.live ? html`<span class="badge good">live</span>` : ''}<span class="soft small">db ${this.database}</span>
      <button class="tiny" aria-pressed=${this.browsing} ?disabled=${this.state !== 'open' || this.needsLogin} @click=${toggle}>Keys</button>`;
  }

  private readonly run = (args: readonly (string | Uint8Array)[]): Promise<Reply> =>
    this.client?.run(args) ?? Promise.resolve({ kind: 'error', text: 'not connected' });

  private readonly look = (args: (string | Uint8Array)[]): void => {
    const shown = args.map((arg) => (typeof arg === 'string' ? arg : quote(arg))).join(' ');
    void this.perform(args, shown);
  };

  protected override body(): TemplateResult {
    return html`<div class="work">
      <div class="log redis" tabindex="0" role="log" aria-label="Commands and replies">
        ${repeat(this.entries, ({ id }) => id, ({ kind, text }) => html`<pre class=${kind}>${kind === 'command' ? `> ${text}` : text}</pre>`)}
      </div>
      ${this.needsLogin ? this.loginForm() : this.commandLine()}</div>
      ${this.browsing ? html`<keys-panel class="side" .run=${this.run} .look=${this.look}></keys-panel>` : ''}`;
  }

  private loginForm(): TemplateResult {
    return html`<form class="composer login" @submit=${(event: Event) => void this.login(event)} autocomplete="off">
      <span>The server asks for a password.</span>
      <input aria-label="User (empty for the default one)" placeholder="user (default)"><input type="password" aria-label="Password" placeholder="password">
      <button class="main">Log in</button></form>`;
  }

  private commandLine(): TemplateResult {
    const found = complete(this.docs, this.line);
    const doc = docFor(this.docs, this.line);
    return html`<div class="hints small" id="hints">
        ${doc ? html`<code>${doc.name} ${doc.syntax}</code> <span class="soft">${doc.summary}</span>` : found.map(({ name }) => html`<button type="button" class="tiny plain mono" @click=${() => this.choose(name)}>${name}</button>`)}&nbsp;</div>
      <form class="composer" @submit=${(event: Event) => void this.submit(event)}>
        <input class="line mono grow" aria-label="Command" aria-describedby="hints" autocomplete="off" autocapitalize="off" spellcheck="false" placeholder="SET key value: Tab completes, arrows recall, Ctrl+L clears"
          .value=${this.line} @keydown=${(event: KeyboardEvent) => this.key(event)} @input=${(event: Event) => this.typed(event)}>
        <button class="main" ?disabled=${this.state !== 'open'}>Run</button></form>`;
  }

  private typed(event: Event): void {
    this.line = (event.target as HTMLInputElement).value;
    this.requestUpdate();
  }

  private choose(name: string): void {
    this.line = `${name} `;
    this.shown();
  }
}

customElements.define('redis-view', RedisView);
