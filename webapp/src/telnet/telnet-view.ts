import { html, type TemplateResult } from 'lit';
import { SessionView } from '../app/session-view';
import '../terminal/terminal-pane';
import type { TerminalPane } from '../terminal/terminal-pane';
import { TelnetCodec } from './codec';
import { LineEditor } from './line-editor';
import { INTERRUPT_PROCESS } from './protocol';

const CTRL_C = 3;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Telnet in a terminal: by characters where the server echoes, else by lines edited here. */
class TelnetView extends SessionView {
  private codec: TelnetCodec | null = null;
  private lines: LineEditor | null = null;

  private get pane(): TerminalPane {
    return this.find<TerminalPane>('terminal-pane');
  }

  protected override firstUpdated(): void {
    const { pane } = this;
    pane.onInput = (bytes) => this.typed(bytes);
    pane.onResize = (columns, rows) => this.codec?.resize(columns, rows);
    pane.onTitle = (title) => {
      this.remoteTitle = title;
      this.changed();
    };
    void pane.updateComplete.then(() => this.reconnect());
  }

  protected override reconnect(): void {
    const { pane } = this;
    const send = (bytes: Uint8Array) => this.send(bytes);
    const codec = new TelnetCodec({ send, echo: () => this.requestUpdate() }, pane.columns, pane.rows);
    this.codec = codec;
    this.lines = new LineEditor(
      (text) => void pane.write(encoder.encode(text)),
      (line) => send(codec.encode(encoder.encode(`${line}\r\n`))),
      () => this.interrupt(codec, INTERRUPT_PROCESS),
    );
    this.openTunnel({
      opened: () => pane.focusTerminal(),
      received: (bytes) => pane.write(codec.receive(bytes)),
      ended: ({ text }) => void pane.note(text),
    });
  }

  private typed(bytes: Uint8Array): void {
    if (this.state !== 'open' || !this.codec) return;
    if (!this.codec.serverEchoes) return this.lines?.typed(decoder.decode(bytes));
    const encoded = this.codec.encode(bytes);
    if (bytes.includes(CTRL_C)) this.interrupt(this.codec, encoded);
    else this.send(encoded);
  }

  /** Sends `interrupt`; in a flood, what is on the way is not shown any more. */
  private interrupt(codec: TelnetCodec, interrupt: Uint8Array): void {
    const { flooded } = this.pane;
    if (flooded) this.pane.drop();
    if (flooded && codec.negotiates) codec.interruptOutput(interrupt);
    else this.send(interrupt);
  }

  private send(bytes: Uint8Array): void {
    void this.tunnel?.send(bytes).catch(() => {}); // the end says why
  }

  override shown(): void {
    void this.updateComplete.then(() => this.pane.focusTerminal());
  }

  protected override tools(): TemplateResult {
    return html`<span class="badge" title="Who echoes what is typed">${this.codec?.serverEchoes ? 'characters' : 'lines'}</span>
      <span class="soft small">Telnet is not encrypted beyond the gateway</span>`;
  }

  protected override body(): TemplateResult {
    return html`<div class="work"><terminal-pane></terminal-pane></div>`;
  }
}

customElements.define('telnet-view', TelnetView);
