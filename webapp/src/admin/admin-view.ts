import { html, nothing, type TemplateResult } from 'lit';
import { View } from '../app/view';
import { parseTarget } from '../net/addresses';
import { ask, patch, Refused } from '../net/api';
import { refusalText } from '../net/problem';
import { arrange, cellText, columnsOf, onSessions, sessions, type Row } from './live';

const PERIOD = 2000;
/** Bytes per second that a throttled tunnel may have. */
const RATES = [0, 64 << 10, 1 << 20, 16 << 20];

/** For the role sluice-admin: the tunnels of the node, and why a target would be allowed. */
class AdminView extends View {
  private rows: Row[] | null = null;
  private words = '';
  private column = 'id';
  private descending = false;
  private trouble = '';
  private explained: unknown = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
    this.stop = onSessions((rows) => {
      clearTimeout(this.timer); // who is told need not ask
      this.rows = rows;
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
    clearTimeout(this.timer);
  }

  private soon(millis: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.load(), millis);
  }

  private async load(): Promise<void> {
    await this.attempt(async () => {
      this.rows = await sessions();
    });
    if (this.isConnected && this.rows) this.soon(PERIOD);
  }

  private async attempt(action: () => Promise<void>): Promise<void> {
    try {
      await action();
      this.trouble = '';
    } catch (failure) {
      this.trouble = failure instanceof Refused ? refusalText(failure.problem) : 'The gateway cannot be reached.';
    }
    this.requestUpdate();
  }

  private async end(row: Row): Promise<void> {
    if (!confirm(`End the tunnel ${row.id}?`)) return;
    await this.attempt(async () => void (await ask(`api/sessions/${encodeURIComponent(row.id)}`, { method: 'DELETE' })));
    this.soon(0);
  }

  private async change(row: Row, what: { paused?: boolean; bytesPerSecond?: number | null }): Promise<void> {
    await this.attempt(async () => void (await patch(`api/sessions/${encodeURIComponent(row.id)}`, what)));
    this.soon(0);
  }

  private async explain(event: Event): Promise<void> {
    event.preventDefault();
    const target = parseTarget(this.find<HTMLInputElement>('#explain').value, 22);
    if (typeof target === 'string' || !('host' in target)) {
      this.trouble = typeof target === 'string' ? target : 'Give host:port.';
      return this.requestUpdate();
    }
    const query = new URLSearchParams({ host: target.host, port: String(target.port) });
    await this.attempt(async () => {
      this.explained = (await ask(`api/explain?${query}`)) ?? 'This gateway does not explain.';
    });
  }

  protected override render(): TemplateResult {
    return html`<div class="inner wide">
      <h1>Admin</h1>
      ${this.trouble ? html`<p class="notice bad" role="alert">${this.trouble}</p>` : nothing}
      <section class="card stack"><div class="row"><h2>Live tunnels</h2><span class="grow"></span>
        <input aria-label="Filter" placeholder="Filter" @input=${(event: Event) => this.filter(event)}></div>
        ${this.rows ? this.table(this.rows) : html`<p class="soft">This gateway does not list its tunnels.</p>`}</section>
      <section class="card stack"><h2>Explain a target</h2>
        <form class="row" @submit=${(event: Event) => void this.explain(event)}><input id="explain" class="grow" aria-label="Target: host:port" placeholder="db.corp.example:5432"><button class="main">Explain</button></form>
        ${this.explained === null ? nothing : html`<pre class="scroll">${typeof this.explained === 'string' ? this.explained : JSON.stringify(this.explained, null, 2)}</pre>`}</section>
    </div>`;
  }

  private filter(event: Event): void {
    this.words = (event.target as HTMLInputElement).value;
    this.requestUpdate();
  }

  private sort(column: string): void {
    this.descending = this.column === column && !this.descending;
    this.column = column;
    this.requestUpdate();
  }

  private table(rows: readonly Row[]): TemplateResult {
    const columns = columnsOf(rows);
    const mark = (column: string) => (column === this.column ? (this.descending ? ' ▾' : ' ▴') : '');
    const sorted = (column: string) => (column === this.column ? (this.descending ? 'descending' : 'ascending') : 'none');
    return html`<div class="scroll"><table class="small num"><thead><tr>
        ${columns.map((column) => html`<th aria-sort=${sorted(column)}><button class="tiny plain" @click=${() => this.sort(column)}>${column}${mark(column)}</button></th>`)}<th></th></tr></thead>
      <tbody>${arrange(rows, this.words, this.column, this.descending).map((row) => html`<tr>
        ${columns.map((column) => html`<td>${cellText(row[column])}</td>`)}<td>${this.actions(row)}</td></tr>`)}</tbody></table></div>
      ${rows.length ? nothing : html`<p class="soft">No tunnel is open.</p>`}`;
  }

  private actions(row: Row): TemplateResult {
    const paused = row['paused'] === true;
    const throttle = (event: Event) => void this.change(row, { bytesPerSecond: Number((event.target as HTMLSelectElement).value) || null });
    return html`<div class="row">
      <button class="tiny" @click=${() => void this.change(row, { paused: !paused })}>${paused ? 'Go on' : 'Pause'}</button>
      <select class="tiny" aria-label="Throttle ${row.id}" @change=${throttle}>
        ${RATES.map((rate) => html`<option value=${rate} ?selected=${(row['bytesPerSecond'] ?? 0) === rate}>${rate ? `${rate >> 10} KiB/s` : 'full speed'}</option>`)}</select>
      <button class="tiny danger" @click=${() => void this.end(row)}>End</button></div>`;
  }
}

customElements.define('admin-view', AdminView);
