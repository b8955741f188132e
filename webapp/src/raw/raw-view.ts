import { html, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { LineHistory } from '../app/line-history';
import { saveFile } from '../app/save';
import { SessionView } from '../app/session-view';
import { troubleLine } from '../app/trouble';
import { clock } from '../net/figures';
import { hexDump, parseEscapes, parseHex, shownText } from './hex';
import { Transcript, type Piece } from './transcript';

type Ending = 'none' | 'lf' | 'crlf' | 'cr';
const ENDINGS: Record<Ending, readonly number[]> = { none: [], lf: [10], crlf: [13, 10], cr: [13] };
const FRAME = 100;
/** With this much unread the eye cannot follow: the tunnel waits for the next picture. */
const PER_FRAME = 8 << 20;

/** Both directions of a tunnel as text or hex, and a line to send. */
class RawView extends SessionView {
  private transcript = new Transcript();
  private asHex = false;
  private typesHex = false;
  private ending: Ending = 'crlf';
  private follow = true;
  private problem = '';
  private sinceDraw = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly history = new LineHistory();
  /** While the person has it paused: what is received waits, and so does the target. */
  private pause: { readonly over: Promise<void>; readonly end: () => void } | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.state === 'idle') this.reconnect();
  }

  protected override reconnect(): void {
    this.goOn();
    this.openTunnel({
      received: (bytes) => this.received(bytes),
      ended: () => {
        this.goOn();
        this.draw();
      },
    });
  }

  private hold(): void {
    let end = () => {};
    const over = new Promise<void>((over) => (end = over));
    this.pause = { over, end };
  }

  private goOn(): void {
    this.pause?.end();
    this.pause = null;
  }

  /** Takes bytes at the speed at which they can be shown. */
  private async received(bytes: Uint8Array): Promise<void> {
    await this.pause?.over;
    this.transcript.add('down', bytes);
    this.sinceDraw += bytes.length;
    this.drawSoon();
    if (this.sinceDraw > PER_FRAME) await new Promise((later) => setTimeout(later, FRAME));
  }

  private drawSoon(): void {
    this.timer ??= setTimeout(() => this.draw(), FRAME);
  }

  private draw(): void {
    this.timer = undefined;
    this.sinceDraw = 0;
    if (!this.hidden) this.requestUpdate();
  }

  override shown(): void {
    this.requestUpdate();
    this.querySelector<HTMLInputElement>('.line')?.focus();
  }

  protected override updated(): void {
    const log = this.querySelector('.log');
    if (log && this.follow) log.scrollTop = log.scrollHeight;
  }

  private async send(event: Event): Promise<void> {
    event.preventDefault();
    const input = this.find<HTMLInputElement>('.line');
    const typed = this.typesHex ? parseHex(input.value) : parseEscapes(input.value);
    this.problem = typed ? '' : 'Hex is pairs of digits, such as 68 65 6c 6c 6f.';
    if (!typed) return this.requestUpdate();
    const bytes = Uint8Array.of(...typed, ...(this.typesHex ? [] : ENDINGS[this.ending]));
    this.history.add(input.value);
    input.value = '';
    this.transcript.add('up', bytes);
    this.requestUpdate();
    await this.tunnel?.send(bytes).catch(() => {}); // the end says why
  }

  private recall(event: KeyboardEvent): void {
    const line = this.history.recall(event.key);
    if (line === null) return;
    event.preventDefault();
    (event.target as HTMLInputElement).value = line;
  }

  private async sendFile(event: Event): Promise<void> {
    const input = event.target as HTMLInputElement;
    const file = input.files?.[0];
    if (!file || !this.tunnel) return;
    const { tunnel } = this;
    const reader = file.stream().getReader();
    try {
      for (let part = await reader.read(); !part.done; part = await reader.read()) {
        await tunnel.send(part.value);
        this.transcript.add('up', part.value);
        this.drawSoon();
      }
    } catch {
      // the end says why
    } finally {
      input.value = '';
      await reader.cancel();
    }
  }

  private save(way: 'up' | 'down'): void {
    const { blob, whole } = this.transcript.file(way);
    const name = `${this.label.replace(/[^\w.-]+/g, '_')}-${way === 'down' ? 'received' : 'sent'}${whole ? '' : '-first-part'}.bin`;
    saveFile(name, blob);
  }

  protected override tools(): TemplateResult {
    return html`
      ${this.state === 'open' ? html`<button class="tiny" title="Reads nothing more: the target waits" @click=${() => this.set(() => (this.pause ? this.goOn() : this.hold()))}>${this.pause ? 'Go on' : 'Pause'}</button>` : ''}
      <button class="tiny" aria-pressed=${this.asHex} @click=${() => this.set(() => (this.asHex = !this.asHex))}>Hex dump</button>
      <button class="tiny" aria-pressed=${this.follow} @click=${() => this.set(() => (this.follow = !this.follow))}>Follow</button>
      <button class="tiny" @click=${() => this.save('down')}>Save received</button>
      <button class="tiny" @click=${() => this.save('up')}>Save sent</button>
      <button class="tiny" @click=${() => this.set(() => this.transcript.clear())}>Clear</button>`;
  }

  private set(change: () => void): void {
    change();
    this.requestUpdate();
  }

  protected override body(): TemplateResult {
    const open = this.state === 'open';
    return html`<div class="work">
      <div class="log" tabindex="0" role="log" aria-label="What went over the wire">
        ${repeat(this.transcript.pieces, ({ id }) => id, (piece) => this.piece(piece))}
      </div>
      ${troubleLine(this.problem)}
      <form class="composer" @submit=${(event: Event) => void this.send(event)}>
        <select aria-label="What is typed" @change=${(event: Event) => this.set(() => (this.typesHex = (event.target as HTMLSelectElement).value === 'hex'))}>
          <option value="text">Text</option><option value="hex">Hex</option></select>
        <input class="line mono grow" aria-label="Bytes to send" autocomplete="off" autocapitalize="off" spellcheck="false"
          placeholder=${this.typesHex ? '68 65 6c 6c 6f 0d 0a' : 'hello, or \\x00\\r\\n'} @keydown=${(event: KeyboardEvent) => this.recall(event)}>
        <select aria-label="Line ending" ?disabled=${this.typesHex} @change=${(event: Event) => this.set(() => (this.ending = (event.target as HTMLSelectElement).value as Ending))}>
          <option value="crlf">+ CR LF</option><option value="lf">+ LF</option><option value="cr">+ CR</option><option value="none">nothing added</option></select>
        <button class="main" ?disabled=${!open}>Send</button>
        <label class="row small"><span class="sr">Send a file</span><input type="file" ?disabled=${!open} @change=${(event: Event) => void this.sendFile(event)}></label>
      </form></div>`;
  }

  private piece({ way, at, offset, bytes }: Piece): TemplateResult {
    const text = this.asHex ? hexDump(bytes, offset) : shownText(bytes);
    return html`<div class="piece ${way} ${this.asHex ? 'hex' : ''}">
      <span class="mark num">${way === 'up' ? '▲' : '▼'} ${clock(at)}</span><pre>${text}</pre></div>`;
  }
}

customElements.define('raw-view', RawView);
