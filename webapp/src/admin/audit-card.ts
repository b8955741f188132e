import { html, nothing, type TemplateResult } from 'lit';
import { troubleLine } from '../app/trouble';
import { ask } from '../net/api';
import { clock } from '../net/figures';
import { RefreshedView } from './refreshed-view';

type AuditEvent = Readonly<Record<string, unknown>> & { readonly time: string; readonly event: string };

const LAST = 100;

/** The newest lines of the audit record. */
class AuditCard extends RefreshedView {
  private events: readonly AuditEvent[] | null = null;

  protected override async load(): Promise<void> {
    this.events = (await ask<{ events: AuditEvent[] }>(`api/audit?last=${LAST}`))?.events.reverse() ?? null;
  }

  protected override render(): TemplateResult {
    return html`<section class="card stack"><h2>Audit</h2>
      ${troubleLine(this.trouble)}
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
