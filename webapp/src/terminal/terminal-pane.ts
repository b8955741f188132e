import { FitAddon } from '@xterm/addon-fit';
import { SearchAddon } from '@xterm/addon-search';
import { Unicode11Addon } from '@xterm/addon-unicode11';
import { WebLinksAddon } from '@xterm/addon-web-links';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { html, type TemplateResult } from 'lit';
import '../styles/terminal.css';
import { View } from '../app/view';
import { confirmLink } from './confirm-link';
import { OutputGuard } from './guard';
import { pastedText } from './paste';
import { ScreenWriter } from './screen-writer';
import { allowStyledCells, withStyleSheets } from './style-sheets';
import { theme } from './themes';

const FONT_KEY = 'sluice.font';
const FONT = { least: 8, usual: 14, most: 32 };
const SCROLLBACK = 10_000;
const encoder = new TextEncoder();

/** A terminal whose output is guarded, with search, links that ask, and a font size that is kept. */
export class TerminalPane extends View {
  /** What the person types, and status reports. */
  onInput: (bytes: Uint8Array) => void = () => {};
  onResize: (columns: number, rows: number) => void = () => {};
  onTitle: (title: string) => void = () => {};
  private terminal!: Terminal;
  private writer!: ScreenWriter;
  private guard!: OutputGuard;
  private readonly fitting = new FitAddon();
  private readonly searching = new SearchAddon();
  private readonly dark = matchMedia('(prefers-color-scheme: dark)');
  private searchOpen = false;
  private observer: ResizeObserver | undefined;
  private readonly recolor = () => {
    this.terminal.options.theme = theme(this.dark.matches);
  };

  get columns(): number {
    return this.terminal.cols;
  }

  get rows(): number {
    return this.terminal.rows;
  }

  protected override firstUpdated(): void {
    this.terminal = new Terminal({
      allowProposedApi: true, // the search decorations and Unicode 11
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      fontSize: Number(localStorage.getItem(FONT_KEY)) || FONT.usual,
      scrollback: SCROLLBACK,
      theme: theme(this.dark.matches),
      screenReaderMode: false,
      linkHandler: { activate: (_event, address) => confirmLink(address) },
    });
    const { terminal } = this;
    terminal.loadAddon(this.fitting);
    terminal.loadAddon(this.searching);
    terminal.loadAddon(new Unicode11Addon());
    terminal.unicode.activeVersion = '11';
    terminal.loadAddon(new WebLinksAddon((_event, address) => confirmLink(address)));
    allowStyledCells();
    withStyleSheets(document, () => terminal.open(this.find('.screen')));
    this.find('.screen').addEventListener('paste', (event) => this.pasted(event), true);
    this.guard = new OutputGuard((title) => this.onTitle(title));
    this.writer = new ScreenWriter(terminal, (text) => this.guard.filter(text));
    terminal.onData((data) => this.onInput(encoder.encode(data)));
    terminal.onBinary((data) => this.onInput(Uint8Array.from(data, (char) => char.charCodeAt(0))));
    terminal.onResize(({ cols, rows }) => this.onResize(cols, rows));
    terminal.attachCustomKeyEventHandler((event) => this.key(event));
    this.dark.addEventListener('change', this.recolor);
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(this.find('.screen'));
    this.fit();
  }

  private fit(): void {
    if (this.offsetParent) this.fitting.fit();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.observer?.disconnect();
    this.dark.removeEventListener('change', this.recolor);
    this.terminal?.dispose();
    this.writer?.end();
  }

  /** Fulfilled when the bytes are on the screen, or the tab was closed. */
  write(bytes: Uint8Array): Promise<void> {
    return this.isConnected ? this.writer.write(bytes) : Promise.resolve();
  }

  /** Whether more comes than the eye can follow. */
  get flooded(): boolean {
    return this.writer.flooded;
  }

  /** Lets go of what waits to be shown. */
  drop(): void {
    this.writer.drop();
    this.guard.reset();
  }

  /** A line of the console's own, set apart from what the target sends. */
  note(text: string): Promise<void> {
    return this.write(encoder.encode(`\r\n\x1b[0;2m── ${text}\x1b[0m\r\n`));
  }

  reset(): void {
    this.terminal.reset();
  }

  focusTerminal(): void {
    this.fit();
    this.terminal.focus();
  }

  /** The rows on the screen, for whoever cannot see them. */
  get text(): string {
    const { active } = this.terminal.buffer;
    const rows = Array.from({ length: this.terminal.rows }, (_, row) => active.getLine(active.viewportY + row)?.translateToString(true));
    return rows.join('\n');
  }

  /** Keys of the console; all others are the target's. */
  private key(event: KeyboardEvent): boolean {
    if (event.type !== 'keydown' || !event.ctrlKey || event.altKey || event.metaKey) return true;
    if (event.shiftKey && event.code === 'KeyF') return this.own(event, () => this.toggleSearch());
    if (event.shiftKey && event.code === 'KeyC') return this.own(event, () => this.copy());
    if (event.shiftKey && event.code === 'KeyV') return false; // the browser pastes
    if (event.key === '+' || event.key === '=') return this.own(event, () => this.zoom(1));
    if (event.key === '-') return this.own(event, () => this.zoom(-1));
    if (event.key === '0') return this.own(event, () => this.zoom(0));
    return true;
  }

  private own(event: KeyboardEvent, action: () => void): false {
    event.preventDefault();
    action();
    return false;
  }

  private pasted(event: ClipboardEvent): void {
    event.preventDefault();
    event.stopPropagation();
    this.terminal.paste(pastedText(event.clipboardData?.getData('text/plain') ?? ''));
  }

  private copy(): void {
    const text = this.terminal.getSelection();
    if (!text) return;
    if (navigator.clipboard) void navigator.clipboard.writeText(text).catch(() => {});
    else document.execCommand('copy'); // pages without TLS have no other way
  }

  private zoom(step: number): void {
    const { options } = this.terminal;
    const size = step ? Math.min(FONT.most, Math.max(FONT.least, (options.fontSize ?? FONT.usual) + step)) : FONT.usual;
    options.fontSize = size;
    localStorage.setItem(FONT_KEY, String(size));
    this.fit();
  }

  private toggleSearch(): void {
    this.searchOpen = !this.searchOpen;
    this.requestUpdate();
    void this.updateComplete.then(() => {
      if (this.searchOpen) this.find<HTMLInputElement>('.search input').select();
      else {
        this.searching.clearDecorations();
        this.terminal.focus();
      }
    });
  }

  private look(event: KeyboardEvent): void {
    const text = (event.target as HTMLInputElement).value;
    if (event.key === 'Escape') this.toggleSearch();
    else if (event.key === 'Enter' && !event.shiftKey) this.searching.findPrevious(text);
    else if (event.key === 'Enter') this.searching.findNext(text);
  }

  protected override render(): TemplateResult {
    return html`
      <div class="terminal-tools row small">
        <button class="tiny plain" title="Ctrl+Shift+F" @click=${() => this.toggleSearch()}>Search</button>
        <button class="tiny plain" title="Ctrl+Shift+C" @click=${() => this.copy()}>Copy</button>
        <button class="tiny plain" title="Ctrl+-" aria-label="Smaller text" @click=${() => this.zoom(-1)}>A−</button>
        <button class="tiny plain" title="Ctrl++" aria-label="Larger text" @click=${() => this.zoom(1)}>A+</button>
        <span class="search" ?hidden=${!this.searchOpen}><input class="tiny" aria-label="Search the scrollback" placeholder="Enter finds upwards"
          @keydown=${(event: KeyboardEvent) => this.look(event)}></span>
      </div>
      <div class="screen"></div>`;
  }
}

customElements.define('terminal-pane', TerminalPane);
