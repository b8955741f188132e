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

/** What links the lines to each other and to a node, which a person reads last. */
const LINKS = ['node', 'seq', 'prev'];

/** `name value` of each member, in their order, the links behind them. */
function membersText(members: Readonly<Record<string, unknown>>): string {
  const own = Object.entries(members).filter(([name]) => !LINKS.includes(name));
  const links = LINKS.flatMap((name) => (name in members ? [[name, members[name]] as const] : []));
  const shown = [...own, ...links].map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  return shown.join(', ');
}

customElements.define('audit-card', AuditCard);
