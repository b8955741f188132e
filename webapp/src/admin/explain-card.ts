import { html, nothing, type TemplateResult } from 'lit';
import { troubleLine } from '../app/trouble';
import { parseTarget, type Target } from '../net/addresses';
import { ask } from '../net/api';
import { AskingView } from './asking-view';

interface Explanation {
  readonly identity: { readonly subject: string; readonly roles: readonly string[] };
  readonly allowed: boolean;
  readonly requested: string;
  readonly because: string;
  readonly addresses: readonly { readonly address: string; readonly class: string }[];
  readonly aliases: readonly string[];
  readonly lookupFailure?: string;
  readonly rules: readonly { readonly rule: string; readonly matches: boolean; readonly why?: string }[];
  readonly shadow: readonly string[];
}

/** Why a target would be opened or refused, rule by rule and address by address. */
class ExplainCard extends AskingView {
  private found: Explanation | null = null;

  private async explain(event: Event): Promise<void> {
    event.preventDefault();
    const target = parseTarget(this.find<HTMLInputElement>('#explain').value, 22);
    if (typeof target === 'string') {
      this.trouble = target;
      return this.requestUpdate();
    }
    const roles = this.find<HTMLInputElement>('#explain-roles').value.replace(/\s+/g, '');
    await this.attempt(async () => {
      this.found = null;
      this.found = await ask<Explanation>(`api/explain?${query(target, roles)}`);
    });
  }

  protected override render(): TemplateResult {
    return html`<section class="card stack"><h2>Explain a target</h2>
      <form class="row" @submit=${(event: Event) => void this.explain(event)}>
        <input id="explain" class="grow" aria-label="Target: a name, or host:port" placeholder="db.corp.example:5432">
        <input id="explain-roles" aria-label="For somebody with these roles" placeholder="roles: as you, or ops,dba">
        <button class="main">Explain</button></form>
      ${troubleLine(this.trouble)}
      ${this.found ? this.answer(this.found) : nothing}</section>`;
  }

  private answer({ identity, allowed, requested, because, addresses, aliases, lookupFailure, rules, shadow }: Explanation): TemplateResult {
    return html`<p class="notice ${allowed ? 'good' : 'bad'}" role="status">${requested} would be ${allowed ? 'opened' : 'refused'} for
        ${identity.roles.join(', ') || 'somebody without roles'}: ${because}</p>
      ${lookupFailure ? html`<p>No address: ${lookupFailure}</p>` : nothing}
      ${addresses.length ? html`<p class="small">${addresses.map((one) => html`<code>${one.address}</code> ${one.class} `)}${aliases.length ? `, by way of ${aliases.join(', ')}` : ''}</p>` : nothing}
      ${shadow.map((line) => html`<p class="small">Would be, were its rule in force: ${line}</p>`)}
      <ol class="small">${rules.map(({ rule, matches, why }) => html`<li><code>${rule}</code> <span class="soft">${matches ? 'matches' : `does not match: ${why}`}</span></li>`)}</ol>`;
  }
}

function query(target: Target, roles: string): URLSearchParams {
  const asked: Record<string, string> = 'host' in target ? { host: target.host, port: String(target.port) } : { name: target.name };
  return new URLSearchParams(roles ? { ...asked, roles } : asked);
}

customElements.define('explain-card', ExplainCard);
