import { html, nothing, type TemplateResult } from 'lit';
import { ask } from '../net/api';
import { clock } from '../net/figures';
import { AskingView } from './asking-view';

type AuditEvent = Readonly<Record<string, unknown>> & { readonly time: string; readonly event: string };

const PERIOD = 3000;
const LAST = 100;

/** The newest lines of the audit record. */
class AuditCard extends AskingView {
  private events: readonly AuditEvent[] | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  private async load(): Promise<void> {
    await this.attempt(async () => {
      this.events = (await ask<{ events: AuditEvent[] }>(`api/audit?last=${LAST}`))?.events.reverse() ?? null;
    });
    if (this.isConnected) this.timer = setTimeout(() => void this.load(), PERIOD);
  }

  protected override render(): TemplateResult {
    return html`<section class="card stack"><h2>Audit</h2>
      ${this.trouble ? html`<p class="notice bad" role="alert">${this.trouble}</p>` : nothing}
      ${this.events ? html`<div class="scroll tail" tabindex="0" role="region" aria-label="The newest events"><table class="small num">
        <thead><tr><th>time</th><th>event</th><th>what</th></tr></thead>
        <tbody>${this.events.map(({ time, event, ...rest }) => html`<tr><td>${clock(new Date(time))}</td><td>${event}</td><td>${membersText(rest)}</td></tr>`)}</tbody></table></div>` : nothing}</section>`;
  }
}

/** `name value` of each member, in their order. */
function membersText(members: Readonly<Record<string, unknown>>): string {
  const shown = Object.entries(members).map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  return shown.join(', ');
}

customElements.define('audit-card', AuditCard);
