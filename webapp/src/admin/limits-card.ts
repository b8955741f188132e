import { html, nothing, type TemplateResult } from 'lit';
import { address } from '../net/addresses';
import { metricSum, metricsBy } from '../flow/prometheus';
import { AskingView } from './asking-view';

const PERIOD = 3000;

/** How far the limits are used, and how often they refused, from the gateway's metrics. */
class LimitsCard extends AskingView {
  private text = '';
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
      const response = await fetch(address('metrics'), { cache: 'no-store' });
      if (response.ok) this.text = await response.text();
    });
    if (this.isConnected) this.timer = setTimeout(() => void this.load(), PERIOD);
  }

  protected override render(): TemplateResult {
    const used = metricsBy(this.text, 'sluice_limit_in_use', 'limit');
    const most = metricsBy(this.text, 'sluice_limit_allowed', 'limit');
    const refused = metricsBy(this.text, 'sluice_limited_total', 'limit');
    const names = [...new Set([...used.keys(), ...refused.keys()])];
    return html`<section class="card stack"><h2>Limits in use</h2>
      ${this.trouble ? html`<p class="notice bad" role="alert">${this.trouble}</p>` : nothing}
      <p class="num">${metricSum(this.text, 'sluice_tunnels_open')} tunnels open</p>
      ${names.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="Limits in use"><table class="small num">
        <thead><tr><th>limit</th><th>in use</th><th>of</th><th>refused so far</th></tr></thead>
        <tbody>${names.map((name) => html`<tr><td>${name}</td><td>${used.get(name) ?? ''}</td><td>${most.get(name) ?? ''}</td><td>${refused.get(name) ?? 0}</td></tr>`)}</tbody></table></div>` : nothing}</section>`;
  }
}

customElements.define('limits-card', LimitsCard);
