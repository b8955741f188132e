import { html, nothing, type TemplateResult } from 'lit';
import { troubleLine } from '../app/trouble';
import { address } from '../net/addresses';
import { metricSum, metricsBy } from '../flow/prometheus';
import { RefreshedView } from './refreshed-view';

/** How far the limits are used, and how often they refused, from the gateway's metrics. */
class LimitsCard extends RefreshedView {
  private text = '';

  protected override async load(): Promise<void> {
    const response = await fetch(address('metrics'), { cache: 'no-store' });
    if (response.ok) this.text = await response.text();
  }

  protected override render(): TemplateResult {
    const used = metricsBy(this.text, 'sluice_limit_in_use', 'limit');
    const most = metricsBy(this.text, 'sluice_limit_allowed', 'limit');
    const refused = metricsBy(this.text, 'sluice_limited_total', 'limit');
    const names = [...new Set([...used.keys(), ...refused.keys()])];
    return html`<section class="card stack"><h2>Limits in use</h2>
      ${troubleLine(this.trouble)}
      <p class="num">${metricSum(this.text, 'sluice_tunnels_open')} tunnels open</p>
      ${names.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="Limits in use"><table class="small num">
        <thead><tr><th>limit</th><th>in use</th><th>of</th><th>refused so far</th></tr></thead>
        <tbody>${names.map((name) => html`<tr><td>${name}</td><td>${used.get(name) ?? ''}</td><td>${most.get(name) ?? ''}</td><td>${refused.get(name) ?? 0}</td></tr>`)}</tbody></table></div>` : nothing}</section>`;
  }
}

customElements.define('limits-card', LimitsCard);
