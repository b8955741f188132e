import { html, type TemplateResult } from 'lit';
import type { Target } from '../net/addresses';
import { targetText } from '../net/addresses';
import { Tunnel, type End, type Sink } from '../net/tunnel';
import '../flow/flow-panel';
import type { Protocol } from './route';
import { View } from './view';

/** What the bar shows of a tab. */
export type SessionState = 'idle' | 'opening' | 'open' | 'closing' | 'closed';

/**
 * A tab: one target, one tunnel at a time. Tells the bar about changes by `session-changed`. What
 * a protocol adds is in the subclasses; head, end and flow are the same for all.
 */
export abstract class SessionView extends View {
  /** Set once, before the element is attached. */
  target!: Target;
  protocol!: Protocol;
  state: SessionState = 'idle';
  /** A title that the target asked for, already made harmless. */
  remoteTitle = '';
  protected tunnel: Tunnel | null = null;
  protected end: End | null = null;

  get label(): string {
    return targetText(this.target);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.classList.add('session-view');
  }

  /** Opens a fresh tunnel. */
  protected openTunnel(sink: Sink): Tunnel {
    this.tunnel?.close();
    this.end = null;
    this.enter('opening');
    const tunnel: Tunnel = new Tunnel(this.target, {
      opened: () => {
        if (this.tunnel === tunnel) this.enter('open');
        sink.opened?.();
      },
      received: (bytes) => sink.received(bytes),
      ended: (end) => {
        if (this.tunnel === tunnel) {
          this.end = end;
          this.enter('closed');
        }
        sink.ended(end);
      },
    });
    this.tunnel = tunnel;
    this.requestUpdate();
    return tunnel;
  }

  protected enter(state: SessionState): void {
    this.state = state;
    this.changed();
  }

  protected changed(): void {
    this.requestUpdate();
    this.dispatchEvent(new CustomEvent('session-changed', { bubbles: true }));
  }

  /** Ends the tunnel; the tab stays. */
  leave(): void {
    this.tunnel?.close();
    if (this.state === 'opening' || this.state === 'open') this.enter('closing');
  }

  /** The tab is shown: take the focus. */
  abstract shown(): void;

  /** Opens the tunnel again, with what is still known. */
  protected abstract reconnect(): void;

  protected abstract body(): TemplateResult;

  /** Buttons of the protocol, in the head. */
  protected tools(): TemplateResult {
    return html``;
  }

  protected override render(): TemplateResult {
    return html`
      <div class="session-head">
        <span class="dot ${this.state}"></span><span class="where">${this.label}</span>
        <span class="soft" role="status">${this.words()}</span>
        ${this.end ? html`<span class="notice ${this.end.clean ? '' : 'bad'}" role="alert">${this.end.text}</span>` : ''}
        <span class="row push">${this.tools()} ${this.lifeButton()}</span>
      </div>
      <div class="session-body">${this.body()}</div>
      ${this.tunnel ? html`<flow-panel .tunnel=${this.tunnel}></flow-panel>` : ''}`;
  }

  private words(): string {
    return { idle: '', opening: 'connecting …', open: this.remoteTitle || 'connected', closing: 'closing …', closed: 'closed' }[this.state];
  }

  private lifeButton(): TemplateResult | string {
    if (this.state === 'idle') return '';
    if (this.state === 'closed') return html`<button class="tiny main" @click=${() => this.reconnect()}>Reconnect</button>`;
    // it stays while it closes: Chromium crashes where what was clicked is gone before the click is over
    return html`<button class="tiny danger" ?disabled=${this.state === 'closing'} @click=${() => this.leave()}>Disconnect</button>`;
  }
}
