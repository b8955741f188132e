import { html, nothing, type TemplateResult } from 'lit';
import { View } from '../app/view';
import { rate, size, span } from '../net/figures';
import { RateSampler } from '../net/meter';
import { canHoldBack } from '../net/transport';
import type { Session } from '../net/sessions';
import type { Tunnel } from '../net/tunnel';
import type { Chart } from './chart';
import { watchGate, type GateReport } from './gate-watch';
import { paceOf, paceText } from './pace-scale';

const PERIOD = 500;
const SAMPLES = 120;
/** The gateway's high-water mark of a tunnel, where the figures do not say another. */
const MARK = 1 << 20;
const SHUT = 0.5;

/** A tunnel's own gate says so itself; of a node there is the time alone. */
function isShut({ session, shutShare }: GateReport): boolean {
  return session ? session.pausedDown : shutShare > SHUT;
}

/**
 * What flows through one tunnel: a strip that is always there, and on demand the charts and the
 * slider that slows this page down. Rates and what waits here are the page's own counts; the gate
 * and the buffered bytes are what the gateway reports.
 */
class FlowPanel extends View {
  private watched: Tunnel | null = null;
  private sampler: RateSampler | null = null;
  private rates = { down: 0, up: 0, held: 0 };
  private report: GateReport | null = null;
  private shutSince = 0;
  private isOpen = sessionStorage.getItem('sluice.flow') === 'open';
  private step = 100;
  private charts: { rates: Chart; held: Chart } | null = null;
  private timer: ReturnType<typeof setInterval> | undefined;
  private unwatch: (() => void) | undefined;

  set tunnel(tunnel: Tunnel) {
    if (tunnel === this.watched) return;
    this.watched = tunnel;
    this.sampler = new RateSampler(tunnel.meter);
    this.report = null;
    this.shutSince = 0;
    this.step = 100;
  }

  private get mark(): number {
    return this.report?.session?.mark ?? MARK;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => this.tick(), PERIOD);
    this.unwatch = watchGate(() => this.watched, (report) => this.reported(report));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
    this.unwatch?.();
    this.dropCharts();
  }

  private reported(report: GateReport): void {
    if (!isShut(report)) this.shutSince = 0;
    else if (!this.shutSince) this.shutSince = Date.now();
    this.report = report;
  }

  private tick(): void {
    if (!this.sampler || !this.watched) return;
    this.rates = this.sampler.sample();
    this.charts?.rates.push([this.rates.down, this.rates.up]);
    this.charts?.held.push([this.report?.buffered ?? null, this.mark, this.watched.meter.waiting]);
    if (!this.closest('[hidden]')) this.requestUpdate();
  }

  private toggle(): void {
    this.isOpen = !this.isOpen;
    sessionStorage.setItem('sluice.flow', this.isOpen ? 'open' : 'shut');
    if (!this.isOpen) this.dropCharts();
    this.requestUpdate();
  }

  private dropCharts(): void {
    this.charts?.rates.destroy();
    this.charts?.held.destroy();
    this.charts = null;
  }

  protected override async updated(): Promise<void> {
    if (!this.isOpen || this.charts) return;
    const { Chart } = await import('./chart');
    if (!this.isOpen || this.charts || !this.isConnected) return;
    this.charts = {
      rates: new Chart(this.find('.rates'), {
        lines: [{ name: 'to you', color: '--water', filled: true }, { name: 'to the target', color: '--up' }],
        text: rate,
        binary: true,
        length: SAMPLES,
      }),
      held: new Chart(this.find('.held'), {
        lines: [
          { name: 'in the gateway', color: '--water', filled: true },
          { name: 'mark', color: '--shut', dashed: true },
          { name: 'in this page', color: '--up' },
        ],
        text: size,
        binary: true,
        length: SAMPLES,
        atLeast: MARK,
      }),
    };
  }

  private slow(event: Event): void {
    this.step = Number((event.target as HTMLInputElement).value);
    if (this.watched) this.watched.pace = paceOf(this.step);
    this.requestUpdate();
  }

  protected override render(): TemplateResult {
    const meter = this.watched?.meter;
    if (!meter) return html``;
    return html`
      <div class="flow-strip num">
        <span class="down" title="From the target to you">▼ <span class="rate">${rate(this.rates.down)}</span> <span class="soft">${size(meter.down)}</span></span>
        <span class="up" title="From you to the target">▲ <span class="rate">${rate(this.rates.up)}</span> <span class="soft">${size(meter.up)}</span></span>
        ${this.gate()}
        ${this.rates.held > SHUT ? html`<span class="badge bad">this page holds back</span>` : nothing}
        <button class="tiny plain push" aria-expanded=${this.isOpen} @click=${() => this.toggle()}>Flow ${this.isOpen ? '▾' : '▸'}</button>
      </div>
      ${this.isOpen ? this.more() : nothing}`;
  }

  private gate(): TemplateResult {
    const { report } = this;
    if (!report || this.watched?.state !== 'open') return html`<span class="soft">gate –</span>`;
    const shut = isShut(report);
    const since = shut ? ` for ${span((Date.now() - this.shutSince) / 1000)}` : '';
    // the node as a whole does not tell whose gate it is
    const gate = shut && !report.session && report.tunnels > 1 ? 'a gate' : 'gate';
    return html`<span class="gate ${shut ? 'shut' : 'open'}">${gate} ${shut ? 'shut' : 'open'}${since}</span>
      <span class="soft">${this.held(report)}, shut ${Math.round(report.shutShare * 100)} % of the last second</span>
      ${report.session ? this.brake(report.session) : nothing}`;
  }

  private held({ session, buffered, tunnels }: GateReport): string {
    if (session) return `the gateway took ${rate(session.rateDown)} and holds ${size(buffered)} of ${size(session.mark)}`;
    return `${size(buffered)} held in the gateway${tunnels > 1 ? ` by ${tunnels} tunnels` : ''}`;
  }

  private brake({ paused, bytesPerSecond }: Session): TemplateResult | typeof nothing {
    if (paused) return html`<span class="badge bad">paused by an administrator</span>`;
    return bytesPerSecond === null ? nothing : html`<span class="badge">throttled to ${rate(bytesPerSecond)}</span>`;
  }

  private more(): TemplateResult {
    const key = (color: string, name: string) => html`<span><svg class="legend" viewBox="0 0 12 3" aria-hidden="true"><rect width="12" height="3" fill="var(${color})"/></svg>${name}</span>`;
    return html`<div class="flow-more"><div class="charts">
      <div><h3><span class="push-after">Rate</span>${key('--water', 'to you')}${key('--up', 'to the target')}</h3><div class="chart rates" role="img" aria-label="Rates over the last minute"></div></div>
      <div><h3><span class="push-after">Buffered</span>${key('--water', 'in the gateway')}${key('--shut', 'mark')}${key('--up', 'in this page')}</h3><div class="chart held" role="img" aria-label="Buffered bytes over the last minute"></div></div></div>
      <label class="pace"><span>Slow me down</span>
        <input type="range" min="0" max="100" .value=${String(this.step)} ?disabled=${!canHoldBack()} @input=${(event: Event) => this.slow(event)}
          aria-valuetext=${paceText(paceOf(this.step))}>
        <output class="num">${canHoldBack() ? paceText(paceOf(this.step)) : 'this browser cannot hold back its reading'}</output></label>
    </div>`;
  }
}

customElements.define('flow-panel', FlowPanel);
