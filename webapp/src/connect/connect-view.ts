import { html, nothing, type TemplateResult } from 'lit';
import { DEFAULT_PORTS, PROTOCOLS, PROTOCOL_NAMES, deepLink, isProtocol, type Protocol, type Route } from '../app/route';
import { View } from '../app/view';
import { parseTarget, targetText } from '../net/addresses';
import { namedTargets, type NamedTarget } from '../net/api';
import { forget, recents, remember } from './recent';

/** The form that opens a tab; a deep link fills it and waits for the person. */
class ConnectView extends View {
  private protocol: Protocol = 'ssh';
  private text = '';
  private wrong = '';
  private targets: readonly NamedTarget[] | null = null;
  private current: Route | null = null;

  set route(route: Route) {
    if (route === this.current || route.view !== 'connect') return;
    this.current = route;
    if (route.protocol) this.protocol = route.protocol;
    if (route.target !== undefined) this.text = route.target;
    this.adoptProtocol();
    this.wrong = '';
    this.requestUpdate();
    void this.updateComplete.then(() => this.querySelector<HTMLInputElement>('#target')?.focus());
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void namedTargets().then((targets) => {
      this.targets = targets;
      this.adoptProtocol(); // the link was followed before the list was here
      this.requestUpdate();
    });
  }

  /** A named target brings its protocol along, where the link has none and nothing was typed since. */
  private adoptProtocol(): void {
    if (this.current?.view !== 'connect' || this.current.protocol || this.text !== this.current.target) return;
    const known = this.targets?.find(({ name }) => name === this.text)?.protocol;
    if (isProtocol(known)) this.protocol = known;
  }

  private submit(event: Event): void {
    event.preventDefault();
    const known = this.targets?.some(({ name }) => name === this.text.trim());
    // without a list of names, a word without a dot is more likely a name than a host
    const name = known ?? /^[a-z0-9_-]+$/i.test(this.text.trim());
    const target = parseTarget(this.text, name ? undefined : DEFAULT_PORTS[this.protocol]);
    if (typeof target === 'string') {
      this.wrong = target;
      this.requestUpdate();
      return;
    }
    this.wrong = '';
    remember({ protocol: this.protocol, target: targetText(target) });
    this.dispatchEvent(new CustomEvent('open-session', { bubbles: true, detail: { protocol: this.protocol, target } }));
  }

  private get found(): readonly NamedTarget[] {
    const words = this.text.trim().toLowerCase();
    return (this.targets ?? []).filter(({ name, protocol, description }) =>
      `${name} ${protocol ?? ''} ${description ?? ''}`.toLowerCase().includes(words),
    );
  }

  protected override render(): TemplateResult {
    return html`<div class="inner">
      <div><h1>Connect</h1>
        <p class="soft">TCP from the browser, through a gate that never drowns and never loses a drop.</p></div>
      <form class="card stack" @submit=${(event: Event) => this.submit(event)}>
        <div class="row end">
          <label><span>Protocol</span>
            <select id="protocol" .value=${this.protocol} @change=${(event: Event) => this.choose((event.target as HTMLSelectElement).value)}>
              ${PROTOCOLS.map((p) => html`<option value=${p} ?selected=${p === this.protocol}>${PROTOCOL_NAMES[p]}</option>`)}
            </select></label>
          <label class="grow"><span>Target: a name, or host:port</span>
            <input id="target" .value=${this.text} autocomplete="off" autocapitalize="off" spellcheck="false" aria-describedby="wrong"
              placeholder=${this.placeholder} @input=${(event: Event) => this.typed(event)}></label>
          <button class="main" id="connect">Connect</button>
        </div>
        <p id="wrong" role="alert" class="notice bad" ?hidden=${!this.wrong}>${this.wrong}</p>
      </form>
      ${this.known()} ${this.lately()}
      <p class="soft small">Keys: <kbd>Alt</kbd>+<kbd>1</kbd>…<kbd>9</kbd> a tab, <kbd>Alt</kbd>+<kbd>0</kbd> this form.
        SSH runs in this browser: the gateway sees neither password, nor key, nor keystroke.</p>
    </div>`;
  }

  private choose(value: string): void {
    if (isProtocol(value)) this.protocol = value;
    this.requestUpdate();
  }

  private typed(event: Event): void {
    this.text = (event.target as HTMLInputElement).value;
    this.wrong = '';
    this.requestUpdate();
  }

  private get placeholder(): string {
    const port = DEFAULT_PORTS[this.protocol];
    return port ? `db.corp.example (port ${port}), or a name` : 'echo, or 127.0.0.1:18007';
  }

  private known(): TemplateResult | typeof nothing {
    if (!this.targets?.length) return nothing;
    return html`<section class="stack" aria-label="Named targets"><h2>Named targets</h2>
      <ul class="targets">${this.found.map(({ name, protocol, description }) => html`
        <li><a href=${`#/t/${encodeURIComponent(name)}${isProtocol(protocol) ? `/${protocol}` : ''}`} title=${description ?? name}>
          <span>${name}</span>${protocol ? html`<span class="badge">${protocol}</span>` : nothing}</a></li>`)}
      </ul>
      ${this.found.length ? nothing : html`<p class="soft">No named target has "${this.text}" in it.</p>`}</section>`;
  }

  private lately(): TemplateResult | typeof nothing {
    const list = recents();
    if (!list.length) return nothing;
    const clear = () => {
      forget();
      this.requestUpdate();
    };
    return html`<section class="stack" aria-label="Recent"><div class="row"><h2>Recent</h2>
      <button type="button" class="plain tiny soft" @click=${clear}>Forget all</button></div>
      <ul class="targets">${list.map(({ protocol, target }) => html`
        <li><a href=${deepLink(protocol, target)} title=${target}><span>${target}</span><span class="badge">${PROTOCOL_NAMES[protocol]}</span></a></li>`)}
      </ul></section>`;
  }
}

customElements.define('connect-view', ConnectView);
