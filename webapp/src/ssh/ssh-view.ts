import { html, type TemplateResult } from 'lit';
import { SessionView } from '../app/session-view';
import '../terminal/terminal-pane';
import { titleText } from '../terminal/guard';
import type { TerminalPane } from '../terminal/terminal-pane';
import { resize, SshClient, toBuffer, type Prompt, type Questions } from './client';
import { KnownHosts, type HostKey } from './known-hosts';
import { Login, loginForm } from './login-form';
import { ReceiveWindow } from './receive-window';
import './sftp-panel';
import { SftpClient } from './sftp-client';
import { TunnelStream } from './tunnel-stream';

type Channel = Awaited<ReturnType<SshClient['openShell']>>;

interface Question<T> {
  readonly view: (answer: (value: T) => void) => TemplateResult;
}

/** SSH in a terminal. The client is here, in the page: the gateway sees ciphertext alone. */
class SshView extends SessionView implements Questions {
  private readonly login = new Login();
  private readonly hosts = new KnownHosts();
  private client: SshClient | null = null;
  private shell: Channel | null = null;
  private trouble = '';
  /** What covers the terminal: the form, a question, or nothing. */
  private phase: 'login' | 'busy' | 'shell' = 'login';
  private question: TemplateResult | null = null;
  private refuse: (() => void) | null = null;
  private files = false;

  private get pane(): TerminalPane {
    return this.find<TerminalPane>('terminal-pane');
  }

  protected override firstUpdated(): void {
    const { pane } = this;
    pane.onInput = (bytes) => void this.shell?.send(toBuffer(bytes)).catch(() => {}); // the end says why
    pane.onResize = (columns, rows) => this.shell && resize(this.shell, columns, rows);
    pane.onTitle = (title) => {
      this.remoteTitle = title;
      this.changed();
    };
    if (!globalThis.crypto?.subtle) this.trouble = 'SSH runs in the browser and needs its cryptography, which browsers give to pages over HTTPS only.';
    this.requestUpdate();
  }

  protected override reconnect(): void {
    this.phase = 'login';
    this.trouble = '';
    this.requestUpdate();
    if (this.login.user) void this.connect();
  }

  private async connect(): Promise<void> {
    this.trouble = '';
    this.phase = 'busy';
    this.requestUpdate();
    try {
      const credentials = await this.login.credentials();
      const client = this.client ?? (await this.handshake());
      this.client = client;
      if (!(await client.authenticate(this.login.user, credentials))) {
        this.trouble = `The server does not let ${this.login.user} in with this.`;
        this.phase = 'login';
      } else {
        await this.openShell(client);
      }
    } catch (failure) {
      this.failed(failure as Error);
    }
    this.requestUpdate();
  }

  private async handshake(): Promise<SshClient> {
    const client = new SshClient(this, this.hosts.known(this.label)?.type);
    const stream: TunnelStream = new TunnelStream(
      (bytes) => tunnel.send(bytes),
      () => tunnel.close(),
    );
    const tunnel = this.openTunnel({
      received: (bytes) => stream.push(bytes),
      ended: ({ text, wasOpen }) => {
        stream.finish();
        this.dropped(client, wasOpen ? text : '');
      },
    });
    try {
      await client.connect(stream);
    } catch (failure) {
      tunnel.close();
      throw failure;
    }
    return client;
  }

  private failed(failure: Error): void {
    // an end of the tunnel is told in the head; what the library says of it adds nothing
    const ended = this.end !== null && !this.trouble;
    this.trouble ||= ended ? '' : failure.message;
    this.phase = 'login';
    this.client = null;
  }

  private async openShell(client: SshClient): Promise<void> {
    const { pane } = this;
    await pane.updateComplete;
    const shell = await client.openShell(pane.columns, pane.rows);
    this.shell = shell;
    // what is not on the screen yet is not granted again: a flood waits in the server
    const window = new ReceiveWindow((bytes) => client.grant(shell, bytes));
    shell.onDataReceived((data) => void pane.write(new Uint8Array(data)).then(() => window.shown(data.length)));
    shell.onClosed(({ exitStatus }) => {
      void pane.note(exitStatus === undefined ? 'the shell ended' : `the shell ended with status ${exitStatus}`);
      if (this.shell === shell) this.leave();
    });
    await client.startShell(shell);
    this.phase = 'shell';
    await this.redrawn();
    pane.focusTerminal();
    resize(shell, pane.columns, pane.rows);
  }

  private async redrawn(): Promise<void> {
    this.requestUpdate();
    await this.updateComplete;
  }

  private dropped(client: SshClient, text: string): void {
    client.dispose();
    if (this.client === client) this.client = null;
    if (this.shell && text) void this.pane.note(text);
    this.shell = null;
    this.files = false;
    this.refuse?.();
    this.requestUpdate();
  }

  override leave(): void {
    this.refuse?.();
    super.leave();
  }

  override shown(): void {
    void this.updateComplete.then(() => {
      if (this.phase === 'shell') this.pane.focusTerminal();
      else this.querySelector<HTMLElement>('.cover input, .cover button')?.focus();
    });
  }

  /** Shows `view` over the terminal until it is answered; `otherwise` where the session ends first. */
  private ask<T>({ view }: Question<T>, otherwise: T): Promise<T> {
    return new Promise((resolve) => {
      const answer = (value: T) => {
        this.question = null;
        this.refuse = null;
        resolve(value);
        this.requestUpdate();
      };
      this.refuse = () => answer(otherwise);
      this.question = view(answer);
      void this.redrawn().then(() => this.querySelector<HTMLElement>('.cover [autofocus], .cover input')?.focus());
    });
  }

  async hostKey(key: HostKey): Promise<boolean> {
    const verdict = this.hosts.judge(this.label, key);
    if (verdict.kind === 'known') return true;
    if (verdict.kind === 'changed') {
      await this.ask<void>({ view: (answer) => this.changedKey(key, verdict.known, () => answer()) }, undefined);
      this.trouble = 'Refused: the host key has changed.';
      return false;
    }
    const trusted = await this.ask<boolean>({ view: (answer) => this.newKey(key, answer) }, false);
    if (trusted) this.hosts.trust(this.label, key);
    else this.trouble = 'The host key was not trusted.';
    return trusted;
  }

  private newKey(key: HostKey, answer: (trust: boolean) => void): TemplateResult {
    return html`<div class="card stack" role="alertdialog" aria-label="Unknown host key">
      <h2>Is this the host you mean?</h2>
      <p>${this.label} has never been opened from this browser. Its ${key.type} key has the fingerprint</p>
      <code class="notice fingerprint">${key.fingerprint}</code>
      <p class="soft small">Compare it with what <code>ssh-keygen -lf</code> says on the host. It is kept in this browser; another key is refused.</p>
      <div class="row"><button class="main" autofocus @click=${() => answer(true)}>Trust it</button><button @click=${() => answer(false)}>Do not connect</button></div></div>`;
  }

  private changedKey(key: HostKey, known: HostKey, done: () => void): TemplateResult {
    const forget = () => {
      this.hosts.forget(this.label);
      done();
    };
    return html`<div class="card stack danger-card" role="alertdialog" aria-label="The host key has changed">
      <h2>Refused: the host key has changed</h2>
      <p>Somebody may be listening in. Nothing was sent: no user, no password, no key.</p>
      <div><div class="label">Known, ${known.type}</div><code class="notice good">${known.fingerprint}</code></div>
      <div><div class="label">Presented now, ${key.type}</div><code class="notice bad fingerprint">${key.fingerprint}</code></div>
      <p class="soft small">If the host was reinstalled, forget the old key and compare the new one when you connect again.</p>
      <div class="row"><button class="main" autofocus @click=${() => done()}>Leave it</button><button class="danger" @click=${forget}>Forget the old key</button></div></div>`;
  }

  prompts(name: string, instruction: string, prompts: readonly Prompt[]): Promise<string[] | null> {
    return this.ask<string[] | null>(
      {
        view: (answer) => {
          const submit = (event: Event) => {
            event.preventDefault();
            const inputs = (event.target as HTMLFormElement).querySelectorAll('input');
            answer([...inputs].map((input) => input.value));
          };
          return html`<form class="card stack" @submit=${submit} autocomplete="off"><h2>${titleText(name) || 'The server asks'}</h2>
            ${instruction ? html`<p>${titleText(instruction)}</p>` : ''}
            ${prompts.map(({ text, echo }) => html`<label><span>${titleText(text)}</span><input type=${echo ? 'text' : 'password'}></label>`)}
            <div class="row"><button class="main">Answer</button><button type="button" @click=${() => answer(null)}>Give up</button></div></form>`;
        },
      },
      null,
    );
  }

  private readonly openFiles = async (): Promise<SftpClient> => {
    if (!this.client) throw new Error('Not connected.');
    const channel = await this.client.openSftp();
    const sftp = new SftpClient((bytes) => channel.send(toBuffer(bytes)));
    channel.onDataReceived((data) => {
      sftp.receive(new Uint8Array(data));
      channel.adjustWindow(data.length);
    });
    channel.onClosed(() => sftp.fail(new Error('The connection was closed.')));
    await sftp.start();
    return sftp;
  };

  protected override tools(): TemplateResult {
    if (this.phase !== 'shell' || this.state !== 'open') return html``;
    const toggle = () => {
      this.files = !this.files;
      this.requestUpdate();
    };
    return html`<span class="soft small">${titleText(this.client?.server ?? '')}</span>
      <button class="tiny" aria-pressed=${this.files} @click=${toggle}>Files</button>`;
  }

  protected override body(): TemplateResult {
    return html`<div class="work covered"><terminal-pane></terminal-pane>${this.cover()}</div>
      ${this.files ? html`<sftp-panel class="side" .open=${this.openFiles}></sftp-panel>` : ''}`;
  }

  private cover(): TemplateResult | string {
    if (this.question) return html`<div class="cover">${this.question}</div>`;
    if (this.phase === 'busy') return html`<div class="cover"><div class="card" role="status">Connecting to ${this.label} …</div></div>`;
    if (this.phase === 'shell') return '';
    return html`<div class="cover">${loginForm(this.login, this.trouble, () => this.requestUpdate(), () => void this.connect())}</div>`;
  }
}

customElements.define('ssh-view', SshView);
