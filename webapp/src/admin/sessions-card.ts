import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { troubleLine } from '../app/trouble';
import { rate } from '../net/figures';
import { changeSession, endSession, listSessions, watchSessions, type Session, type SessionChange, type SessionList } from '../net/sessions';
import { AskingView } from './asking-view';
import { arrange, COLUMNS, type Column } from './session-columns';

/** Bytes per second that a throttled tunnel may have. */
const RATES = [64 << 10, 1 << 20, 16 << 20];

/** The tunnels of the node, live: sorted, filtered, ended, paused and throttled. */
class SessionsCard extends AskingView {
  private list: SessionList | null = null;
  private words = '';
  private column: Column = COLUMNS[0] as Column;
  private descending = false;
  private stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
    this.stop = watchSessions((list) => {
      if (!list) return;
      this.list = list;
      this.requestUpdate();
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.stop?.();
  }

  private load(): Promise<void> {
    return this.attempt(async () => {
      this.list = await listSessions();
    });
  }

  /** What was changed is shown at once. */
  private async act(action: () => Promise<void>): Promise<void> {
    await this.attempt(async () => {
      await action();
      this.list = await listSessions();
    });
  }

  private end({ id, target }: Session): void {
    if (confirm(`End the tunnel to ${target}?`)) void this.act(() => endSession(id));
  }

  private change({ id }: Session, change: SessionChange): void {
    void this.act(() => changeSession(id, change));
  }

  private filter(event: Event): void {
    this.words = (event.target as HTMLInputElement).value;
    this.requestUpdate();
  }

  private sort(column: Column): void {
    this.descending = this.column === column && !this.descending;
    this.column = column;
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    return html`<section class="card stack"><div class="row"><h2>Live tunnels</h2>${this.list ? html`<span class="badge num">${this.list.count}</span>` : nothing}<span class="grow"></span>
        <input aria-label="Filter the tunnels" placeholder="Filter" @input=${(event: Event) => this.filter(event)}></div>
      ${troubleLine(this.trouble)}
      ${this.list ? this.table(this.list) : nothing}</section>`;
  }

  private table({ sessions, count }: SessionList): TemplateResult {
    if (!count) return html`<p class="soft">No tunnel is open.</p>`;
    const shown = arrange(sessions, this.words, this.column, this.descending);
    return html`<div class="scroll" tabindex="0" role="region" aria-label="Live tunnels"><table class="small num"><thead><tr>
        <th>do</th>${COLUMNS.map((column) => this.head(column))}</tr></thead>
      <tbody>${repeat(shown, ({ id }) => id, (session) => html`<tr>
        <td>${this.actions(session)}</td>${COLUMNS.map((column) => html`<td>${column.text(session)}</td>`)}</tr>`)}</tbody></table></div>
      ${sessions.length < count ? html`<p class="soft small">The oldest ${sessions.length} of ${count}.</p>` : nothing}`;
  }

  private head(column: Column): TemplateResult {
    const here = column === this.column;
    const mark = here ? (this.descending ? ' ▾' : ' ▴') : '';
    const order = here ? (this.descending ? 'descending' : 'ascending') : 'none';
    return html`<th aria-sort=${order}><button class="tiny plain" @click=${() => this.sort(column)}>${column.name}${mark}</button></th>`;
  }

  private actions(session: Session): TemplateResult {
    const { paused, bytesPerSecond, target } = session;
    const throttle = (event: Event) => this.change(session, { bytesPerSecond: Number((event.target as HTMLSelectElement).value) || null });
    // a throttle that somebody set otherwise is shown too
    const rates = bytesPerSecond === null || RATES.includes(bytesPerSecond) ? RATES : [...RATES, bytesPerSecond];
    return html`<div class="row tight">
      <button class="tiny" @click=${() => this.change(session, { paused: !paused })}>${paused ? 'Go on' : 'Pause'}</button>
      <select class="tiny" aria-label="Throttle the tunnel to ${target}" @change=${throttle}>
        <option value="0" ?selected=${bytesPerSecond === null}>full speed</option>
        ${rates.map((one) => html`<option value=${one} ?selected=${one === bytesPerSecond}>${rate(one)}</option>`)}</select>
      <button class="tiny danger" @click=${() => this.end(session)}>End</button></div>`;
  }
}

customElements.define('sessions-card', SessionsCard);
