import { html, type TemplateResult } from 'lit';
import { saveFile } from '../app/save';
import { View } from '../app/view';
import { troubleLine } from '../app/trouble';
import { size } from '../net/figures';
import type { Entry, SftpClient } from './sftp-client';

interface Transfer {
  readonly name: string;
  readonly way: 'up' | 'down';
  readonly total: number;
  done: number;
  /** Empty while it runs. */
  outcome: string;
}

const SHOWN = 1000;

/** Files of the server beside the terminal, through the same SSH session. */
class SftpPanel extends View {
  /** Set before it is attached. */
  open!: () => Promise<SftpClient>;
  private client: SftpClient | null = null;
  private path = '';
  private entries: Entry[] = [];
  private trouble = '';
  private readonly transfers: Transfer[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    void this.attempt(async () => {
      this.client = await this.open();
      await this.go('.');
    });
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    this.trouble = '';
    try {
      await action();
    } catch (failure) {
      this.trouble = (failure as Error).message;
    }
    this.requestUpdate();
  }

  private async go(path: string): Promise<void> {
    if (!this.client) return;
    const whole = await this.client.realPath(path);
    this.entries = await this.client.list(whole);
    this.path = whole;
    this.requestUpdate();
  }

  private child(name: string): string {
    return `${this.path.replace(/\/$/, '')}/${name}`;
  }

  private async download(entry: Entry): Promise<void> {
    const transfer = this.begin(entry.name, 'down', entry.size);
    await this.carry(transfer, async (progress) => {
      const blob = await this.client?.download(this.child(entry.name), progress);
      if (blob) saveFile(entry.name.replace(/[/\\]/g, '_'), blob);
    });
  }

  private async upload(files: FileList | null): Promise<void> {
    for (const file of files ?? []) {
      const transfer = this.begin(file.name, 'up', file.size);
      await this.carry(transfer, async (progress) => this.client?.upload(this.child(file.name), file, progress));
    }
    await this.attempt(() => this.go(this.path));
  }

  private begin(name: string, way: 'up' | 'down', total: number): Transfer {
    const transfer = { name, way, total, done: 0, outcome: '' };
    this.transfers.unshift(transfer);
    this.requestUpdate();
    return transfer;
  }

  private async carry(transfer: Transfer, work: (progress: (done: number) => void) => Promise<void>): Promise<void> {
    try {
      await work((done) => {
        transfer.done = done;
        this.requestUpdate();
      });
      transfer.outcome = 'done';
    } catch (failure) {
      transfer.outcome = `failed: ${(failure as Error).message}`;
    }
    this.requestUpdate();
  }

  private chosen(event: Event): void {
    const input = event.target as HTMLInputElement;
    void this.upload(input.files).finally(() => (input.value = ''));
  }

  private dropped(event: DragEvent): void {
    event.preventDefault();
    void this.upload(event.dataTransfer?.files ?? null);
  }

  protected override render(): TemplateResult {
    return html`
      <h2>Files</h2>
      <form class="row" @submit=${(event: Event) => this.typed(event)}>
        <button type="button" class="tiny" aria-label="Up" title="Up" @click=${() => void this.attempt(() => this.go(this.child('..')))}>↑</button>
        <input class="grow mono" aria-label="Directory" .value=${this.path} spellcheck="false"><button class="tiny">Go</button></form>
      ${troubleLine(this.trouble)}
      <label class="small"><span>Upload here (or drop files on the list)</span><input type="file" multiple ?disabled=${!this.client} @change=${(event: Event) => this.chosen(event)}></label>
      ${this.transfers.map((transfer) => this.transfer(transfer))}
      <div class="scroll" @dragover=${(event: Event) => event.preventDefault()} @drop=${(event: DragEvent) => this.dropped(event)}>
        <table class="small"><tbody>${this.entries.slice(0, SHOWN).map((entry) => this.row(entry))}</tbody></table>
        ${this.entries.length > SHOWN ? html`<p class="soft small">and ${this.entries.length - SHOWN} more</p>` : ''}
      </div>`;
  }

  private typed(event: Event): void {
    event.preventDefault();
    void this.attempt(() => this.go(this.find<HTMLInputElement>('input.mono').value));
  }

  private row(entry: Entry): TemplateResult {
    const act = () => (entry.directory ? this.attempt(() => this.go(this.child(entry.name))) : this.download(entry));
    return html`<tr><td><button class="tiny plain" title=${entry.directory ? 'Open' : 'Download'} @click=${() => void act()}>${entry.directory ? `▸ ${entry.name}/` : `↓ ${entry.name}`}</button></td>
      <td class="num soft">${entry.directory ? '' : size(entry.size)}</td></tr>`;
  }

  private transfer({ name, way, total, done, outcome }: Transfer): TemplateResult {
    return html`<div class="small transfer"><div>${way === 'up' ? '▲' : '▼'} ${name} <span class="soft">${outcome || `${size(done)} of ${size(total)}`}</span></div>
      ${outcome ? '' : html`<progress max=${total || 1} value=${done} aria-label=${`Progress of ${name}`}></progress>`}</div>`;
  }
}

customElements.define('sftp-panel', SftpPanel);
