import { html, nothing, type TemplateResult } from 'lit';
import { address, type Target } from '../net/addresses';
import { whoAmI, type WhoAmI } from '../net/api';
import '../connect/connect-view';
import { PROTOCOL_VIEWS } from './protocol-views';
import { PROTOCOL_NAMES, parseRoute, type Protocol, type Route } from './route';
import type { SessionView } from './session-view';
import { View } from './view';

interface Tab {
  readonly id: string;
  readonly protocol: Protocol;
  readonly view: SessionView;
}

export interface OpenRequest {
  readonly protocol: Protocol;
  readonly target: Target;
}

/** The frame: bar, tabs, and the view that the address names. */
class SluiceApp extends View {
  private route: Route = parseRoute(location.hash);
  private readonly tabs: Tab[] = [];
  private nextId = 1;
  private who: WhoAmI | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('hashchange', () => this.routed());
    addEventListener('keydown', (event) => this.key(event), true);
    addEventListener('beforeunload', (event) => {
      if (this.tabs.some((tab) => tab.view.state === 'open')) event.preventDefault();
    });
    this.addEventListener('open-session', (event) => void this.open((event as CustomEvent<OpenRequest>).detail));
    this.addEventListener('session-changed', () => this.requestUpdate());
    void this.identify();
    this.routed();
  }

  private async identify(): Promise<void> {
    this.who = await whoAmI();
    this.requestUpdate();
  }

  private routed(): void {
    const route = parseRoute(location.hash);
    const tab = this.tabs.find(({ id }) => route.view === 'session' && route.id === id);
    this.route = route.view === 'session' && !tab ? { view: 'connect' } : route;
    if (route.view === 'ping') void import('../ping/ping-view');
    if (route.view === 'admin') void import('../admin/admin-view');
    document.title = tab ? `${tab.view.label} · Sluice` : 'Sluice';
    this.requestUpdate();
    if (!tab) return;
    void this.updateComplete.then(() => {
      this.find('.tab.session.here').scrollIntoView({ block: 'nearest', inline: 'nearest' });
      tab.view.shown();
    });
  }

  private async open({ protocol, target }: OpenRequest): Promise<void> {
    const { tag, load } = PROTOCOL_VIEWS[protocol];
    await load();
    const view = document.createElement(tag) as SessionView;
    Object.assign(view, { protocol, target });
    const tab = { id: String(this.nextId++), protocol, view };
    this.tabs.push(tab);
    location.hash = `#/tab/${tab.id}`;
  }

  private close(tab: Tab): void {
    tab.view.leave();
    tab.view.remove();
    const index = this.tabs.indexOf(tab);
    this.tabs.splice(index, 1);
    const next = this.tabs[Math.min(index, this.tabs.length - 1)];
    if (this.isHere(tab)) location.hash = next ? `#/tab/${next.id}` : '#/';
    this.requestUpdate();
  }

  private isHere(tab: Tab): boolean {
    return this.route.view === 'session' && this.route.id === tab.id;
  }

  /** Alt and a digit: the tabs in their order, 0 the form. */
  private key(event: KeyboardEvent): void {
    if (!event.altKey || event.ctrlKey || event.metaKey || !/^Digit\d$/.test(event.code)) return;
    const digit = Number(event.code.slice(5));
    const tab = this.tabs[digit - 1];
    if (digit !== 0 && !tab) return;
    event.preventDefault();
    event.stopPropagation();
    location.hash = tab ? `#/tab/${tab.id}` : '#/';
  }

  protected override updated(): void {
    const main = this.find('main');
    for (const tab of this.tabs) {
      if (tab.view.parentElement !== main) main.append(tab.view);
      tab.view.hidden = !this.isHere(tab);
    }
  }

  protected override render(): TemplateResult {
    const { view } = this.route;
    return html`
      <header class="bar">
        <a class="brand" href="#/"><img src=${address('icon.svg').href} alt="">Sluice</a>
        <nav class="views" aria-label="Views">
          ${this.link('#/', 'Connect', view === 'connect')} ${this.link('#/ping', 'Ping', view === 'ping')}
          ${this.who?.roles.includes('sluice-admin') ? this.link('#/admin', 'Admin', view === 'admin') : nothing}
        </nav>
        ${this.tabs.length ? html`<nav class="tabs" aria-label="Tabs">${this.tabs.map((tab, index) => this.tab(tab, index))}</nav>` : nothing}
        ${this.who?.name ? html`<span class="who small soft" title=${`Roles: ${this.who.roles.join(', ') || 'none'}`}>${this.who.name}</span>` : nothing}
      </header>
      <main>
        <connect-view class="page" ?hidden=${view !== 'connect'} .route=${this.route}></connect-view>
        <ping-view class="page" ?hidden=${view !== 'ping'} .route=${this.route}></ping-view>
        ${view === 'admin' ? html`<admin-view class="page"></admin-view>` : nothing}
      </main>`;
  }

  private link(href: string, name: string, here: boolean): TemplateResult {
    return html`<span class="tab ${here ? 'here' : ''}"><a href=${href} aria-current=${here ? 'page' : 'false'}><span>${name}</span></a></span>`;
  }

  private tab(tab: Tab, index: number): TemplateResult {
    const here = this.isHere(tab);
    const name = `${PROTOCOL_NAMES[tab.protocol]} ${tab.view.label}`;
    return html`<span class="tab session ${here ? 'here' : ''}">
      <a href=${`#/tab/${tab.id}`} aria-current=${here ? 'page' : 'false'} title=${index < 9 ? `${name} (Alt+${index + 1})` : name}>
        <span class="dot ${tab.view.state}"></span><span>${name}</span></a>
      <button aria-label=${`Close ${name}`} title="Close this tab" @click=${() => this.close(tab)}>×</button></span>`;
  }
}

customElements.define('sluice-app', SluiceApp);
