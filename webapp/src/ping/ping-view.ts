import { html, nothing, type TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { deepLink, type Route } from '../app/route';
import { View } from '../app/view';
import { troubleLine } from '../app/trouble';
import { Chart } from '../flow/chart';
import { parseTarget, targetText } from '../net/addresses';
import { Refused, failureText, post, type BannerAnswer, type PingAnswer } from '../net/api';
import { shownText } from '../raw/hex';
import { PingSeries } from './series';

interface Probe {
  readonly key: string;
  readonly host: string;
  readonly port: number;
  readonly series: PingSeries;
  chart: Chart | null;
  banner: string;
}

const PERIODS = [500, 1000, 2000, 5000];
const SHOWN = 120;
const TIMEOUT_SECONDS = 5;
const millis = (value: number) => `${value.toFixed(2)} ms`;

/** Continuous TCP pings of several targets side by side, and what an SSH server says of itself. */
class PingView extends View {
  private readonly probes: Probe[] = [];
  private running = true;
  private period = 1000;
  private text = '';
  private wrong = '';
  private current: Route | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private notBefore = 0;

  set route(route: Route) {
    if (route === this.current || route.view !== 'ping') return;
    this.current = route;
    if (route.target) this.text = route.target;
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLInputElement>('#ping-target')?.focus());
  }

  private add(event: Event): void {
    event.preventDefault();
    const target = parseTarget(this.text, 22);
    this.wrong = typeof target === 'string' ? target : '';
    if (typeof target !== 'string' && 'host' in target) {
      const key = targetText(target);
      if (!this.probes.some((probe) => probe.key === key)) {
        this.probes.push({ key, ...target, series: new PingSeries(), chart: null, banner: '' });
      }
      this.text = '';
      this.timer ??= setTimeout(() => void this.round(), 0);
    }
    this.requestUpdate();
  }

  private drop(probe: Probe): void {
    probe.chart?.destroy();
    this.probes.splice(this.probes.indexOf(probe), 1);
    this.requestUpdate();
  }

  /** One sample of each target, then the next round after the period. */
  private async round(): Promise<void> {
    if (this.running && Date.now() >= this.notBefore) await Promise.all(this.probes.map((probe) => this.sample(probe)));
    this.requestUpdate();
    this.timer = this.probes.length ? setTimeout(() => void this.round(), this.period) : undefined;
  }

  private async sample(probe: Probe): Promise<void> {
    const { series, host, port } = probe;
    try {
      const body = { host, port, count: 1, timeout: TIMEOUT_SECONDS };
      const answer = await post<PingAnswer>('api/ping', body);
      const sample = answer?.samples[0] ?? null;
      series.add(sample);
      series.address = answer?.address ?? '';
      series.trouble = sample === null ? (answer?.message ?? 'lost') : '';
      probe.chart?.push([sample]);
    } catch (failure) {
      series.trouble = failureText(failure);
      const wait = failure instanceof Refused ? failure.problem.retryAfter : undefined;
      if (wait) this.notBefore = Date.now() + wait * 1000;
    }
  }

  private async askBanner(probe: Probe): Promise<void> {
    const { host, port } = probe;
    const answer = await post<BannerAnswer>('api/ssh/banner', { host, port }).catch((failure: unknown): BannerAnswer => ({
      success: false,
      message: failureText(failure),
    }));
    probe.banner = answer?.success
      ? [`${answer.banner}`, `protocol ${answer.protocol}, software ${answer.software}`, answer.comments].filter(Boolean).join('\n')
      : `No SSH banner: ${answer?.message ?? 'this gateway does not ask for any'}`;
    this.requestUpdate();
  }

  protected override updated(): void {
    for (const probe of this.probes) {
      if (probe.chart) continue;
      const host = this.querySelector<HTMLElement>(`[data-probe="${CSS.escape(probe.key)}"]`);
      if (host) {
        probe.chart = new Chart(host, { lines: [{ name: 'RTT', color: '--water', filled: true }], text: millis, length: SHOWN });
      }
    }
  }

  protected override render(): TemplateResult {
    return html`<div class="inner">
      <div><h1>TCP ping</h1><p class="soft">How long the gateway takes to connect to a target; name lookup and policy are not in it.</p></div>
      <form class="card stack" @submit=${(event: Event) => this.add(event)}>
        <div class="row end">
          <label class="grow"><span>Target: host:port</span><input id="ping-target" .value=${this.text} placeholder="10.20.1.5:22"
            autocomplete="off" autocapitalize="off" spellcheck="false" @input=${(event: Event) => (this.text = (event.target as HTMLInputElement).value)}></label>
          <label><span>Every</span><select @change=${(event: Event) => (this.period = Number((event.target as HTMLSelectElement).value))}>
            ${PERIODS.map((p) => html`<option value=${p} ?selected=${p === this.period}>${p / 1000} s</option>`)}</select></label>
          <button class="main">Ping</button>
          ${this.probes.length ? html`<button type="button" @click=${() => this.pause()}>${this.running ? 'Pause' : 'Go on'}</button>` : nothing}
        </div>
        ${troubleLine(this.wrong)}
      </form>
      <div class="probes">${repeat(this.probes, ({ key }) => key, (probe) => this.card(probe))}</div>
    </div>`;
  }

  private pause(): void {
    this.running = !this.running;
    this.requestUpdate();
  }

  private card(probe: Probe): TemplateResult {
    const { series } = probe;
    const { figures } = series;
    const cell = (name: string, value: string) => html`<div><div class="label">${name}</div><div class="num">${value}</div></div>`;
    return html`<section class="card stack" aria-label=${probe.key}>
      <div class="row"><h2>${probe.key}</h2><span class="soft small">${series.address && series.address !== probe.host ? series.address : ''}</span><span class="grow"></span>
        <a class="small" href=${deepLink('ssh', probe.key)}>Open SSH</a>
        <button class="tiny" @click=${() => void this.askBanner(probe)}>SSH banner</button>
        <button class="tiny plain" aria-label=${`Remove ${probe.key}`} @click=${() => this.drop(probe)}>×</button></div>
      <div class="chart" data-probe=${probe.key} role="img" aria-label="Round trip times"></div>
      <div class="row ping-figures">
        ${cell('last', series.samples.at(-1) == null ? '–' : millis(series.samples.at(-1) as number))}
        ${cell('min', figures ? millis(figures.min) : '–')} ${cell('avg', figures ? millis(figures.avg) : '–')}
        ${cell('max', figures ? millis(figures.max) : '–')} ${cell('σ', figures ? millis(figures.stddev) : '–')}
        ${cell('loss', `${series.loss.toFixed(1)} %`)} ${cell('samples', String(series.count))}
      </div>
      ${series.trouble ? html`<p class="notice bad" role="status">${series.trouble}</p>` : nothing}
      ${probe.banner ? html`<pre class="notice">${shownText(new TextEncoder().encode(probe.banner)).replaceAll('␊', '')}</pre>` : nothing}
    </section>`;
  }
}

customElements.define('ping-view', PingView);
