import { html, type TemplateResult } from 'lit';
import { View } from '../app/view';
import { troubleLine } from '../app/trouble';
import { size, span } from '../net/figures';
import { quote } from './arguments';
import { textOf } from './documentation';
import type { Reply } from './resp';

type Run = (args: readonly (string | Uint8Array)[]) => Promise<Reply>;

interface Key {
  readonly name: Uint8Array;
  readonly type: string;
  readonly ttl: string;
  readonly size: string;
}

/** How a value of each type is looked at. */
const LOOKS: Record<string, (key: Uint8Array) => (string | Uint8Array)[]> = {
  string: (key) => ['GET', key],
  list: (key) => ['LRANGE', key, '0', '99'],
  set: (key) => ['SSCAN', key, '0', 'COUNT', '100'],
  zset: (key) => ['ZRANGE', key, '0', '99', 'WITHSCORES'],
  hash: (key) => ['HSCAN', key, '0', 'COUNT', '100'],
  stream: (key) => ['XRANGE', key, '-', '+', 'COUNT', '100'],
};

/** The keys of the database, a page at a time by SCAN, which never blocks the server as KEYS does. */
class KeysPanel extends View {
  run!: Run;
  /** Runs a command in the console. */
  look: (args: (string | Uint8Array)[]) => void = () => {};
  private pattern = '*';
  private cursor = '0';
  private keys: Key[] = [];
  private trouble = '';
  private busy = false;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.scan(true);
  }

  private async scan(anew: boolean): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    if (anew) {
      this.keys = [];
      this.cursor = '0';
    }
    this.trouble = '';
    const reply = await this.run(['SCAN', this.cursor, 'MATCH', this.pattern || '*', 'COUNT', '200']);
    if (reply.kind === 'array' && reply.items[1]?.kind === 'array') {
      this.cursor = textOf(reply.items[0]);
      const names = reply.items[1].items.flatMap((item) => (item.kind === 'bulk' ? [item.bytes] : []));
      this.keys = [...this.keys, ...(await Promise.all(names.map((name) => this.describe(name))))];
    } else this.trouble = textOf(reply);
    this.busy = false;
    this.requestUpdate();
  }

  private async describe(name: Uint8Array): Promise<Key> {
    const [type, ttl, used] = await Promise.all([this.run(['TYPE', name]), this.run(['TTL', name]), this.run(['MEMORY', 'USAGE', name])]);
    const seconds = ttl.kind === 'number' ? Number(ttl.text) : -1;
    return { name, type: textOf(type), ttl: seconds >= 0 ? span(seconds) : '∞', size: used.kind === 'number' ? size(Number(used.text)) : '–' };
  }

  private submit(event: Event): void {
    event.preventDefault();
    this.pattern = this.find<HTMLInputElement>('input').value;
    void this.scan(true);
  }

  protected override render(): TemplateResult {
    return html`<h2>Keys</h2>
      <form class="row" @submit=${(event: Event) => this.submit(event)}><input class="grow mono" aria-label="Pattern" .value=${this.pattern} spellcheck="false"><button class="tiny">Scan</button></form>
      ${troubleLine(this.trouble)}
      <div class="scroll"><table class="small"><thead><tr><th>Key</th><th>Type</th><th>TTL</th><th class="num">Size</th></tr></thead>
        <tbody>${this.keys.map(({ name, type, ttl, size: used }) => html`<tr>
          <td><button class="tiny plain mono" @click=${() => this.look(LOOKS[type]?.(name) ?? ['TYPE', name])}>${quote(name).slice(1, -1)}</button></td>
          <td>${type}</td><td>${ttl}</td><td class="num">${used}</td></tr>`)}</tbody></table></div>
      ${this.cursor !== '0' ? html`<button class="tiny" ?disabled=${this.busy} @click=${() => void this.scan(false)}>More</button>` : html`<p class="soft small">${this.busy ? 'scanning …' : `${this.keys.length} keys, all seen`}</p>`}`;
  }
}

customElements.define('keys-panel', KeysPanel);
