import { Buffer } from './runtime';
import {
  AuthenticationInfoResponseMessage,
  AuthenticationRequestMessage,
  ChannelOpenMessage,
  ChannelRequestMessage,
  SshAlgorithms,
  SshAuthenticationType,
  SshClientSession,
  SshDisconnectReason,
  SshSessionConfiguration,
  type KeyPair,
  type PublicKeyAlgorithm,
  type SshAuthenticatingEventArgs,
  type SshChannel,
  type SshMessage,
} from '@microsoft/dev-tunnels-ssh';
import { Ed25519 } from './ed25519';
import { fingerprint, type HostKey } from './known-hosts';
import { LEAST_WINDOW } from './receive-window';
import { InteractiveRequest, PtyRequest, SubsystemRequest, WindowAdjust, WindowChange } from './requests';
import type { TunnelStream } from './tunnel-stream';

export interface Prompt {
  readonly text: string;
  readonly echo: boolean;
}

/** What the client asks the person. */
export interface Questions {
  /** Whether the host's key may be trusted. */
  hostKey(key: HostKey): Promise<boolean>;
  /** The answers to a server's questions, or null to give up (RFC 4256). */
  prompts(name: string, instruction: string, prompts: readonly Prompt[]): Promise<string[] | null>;
}

export type Credentials =
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'key'; readonly key: KeyPair }
  | { readonly kind: 'interactive' };

const METHODS = ['publickey', 'password', 'keyboard-interactive'] as SshSessionConfiguration['authenticationMethods'];

function configuration(preferred: string | undefined): SshSessionConfiguration {
  const config = new SshSessionConfiguration();
  const { publicKey, keyExchange } = SshAlgorithms;
  const algorithms = [new Ed25519(), publicKey['ecdsaSha2Nistp256'], publicKey['ecdsaSha2Nistp384'], publicKey['ecdsaSha2Nistp521'], publicKey['rsaWithSha512'], publicKey['rsaWithSha256']];
  // a host with several keys shows the one that is known here
  const rank = (algorithm: PublicKeyAlgorithm | null | undefined) => (algorithm?.keyAlgorithmName === preferred ? 0 : 1);
  algorithms.sort((a, b) => rank(a) - rank(b));
  config.publicKeyAlgorithms.splice(0, Infinity, ...algorithms.map((algorithm) => algorithm ?? null));
  config.keyExchangeAlgorithms.push(keyExchange['ecdhNistp521Sha512'] ?? null);
  config.authenticationMethods.splice(0, Infinity, ...METHODS);
  config.keepAliveTimeoutInSeconds = 0;
  return config;
}

class Session extends SshClientSession {
  override sendMessage(message: SshMessage): Promise<void> {
    const incomplete = message instanceof AuthenticationRequestMessage && message.methodName === 'keyboard-interactive';
    return super.sendMessage(incomplete ? new InteractiveRequest(message) : message);
  }
}

/** An SSH client in the browser: the gateway carries what it could not read. */
export class SshClient {
  private readonly session: Session;

  constructor(
    private readonly questions: Questions,
    knownType: string | undefined,
  ) {
    this.session = new Session(configuration(knownType));
    this.session.onAuthenticating((event) => this.authenticating(event));
  }

  /** What the server says it is, such as `OpenSSH_9.2p1`. */
  get server(): string {
    return this.session.remoteVersion?.toString() ?? '';
  }

  /** Key exchange, and the host's key. @throws Error where it is not trusted */
  async connect(stream: TunnelStream): Promise<void> {
    await this.session.connect(stream);
    if (!(await this.session.authenticateServer())) throw new Error('The host key was not trusted.');
  }

  /** Whether the server lets `user` in; after a no, other credentials may be tried. */
  authenticate(username: string, credentials: Credentials): Promise<boolean> {
    switch (credentials.kind) {
      case 'password':
        return this.session.authenticateClient({ username, password: credentials.password });
      case 'key':
        return this.session.authenticateClient({ username, publicKeys: [credentials.key] });
      default:
        return this.session.authenticateClient({ username });
    }
  }

  private authenticating(event: SshAuthenticatingEventArgs): void {
    if (event.authenticationType === SshAuthenticationType.serverPublicKey) {
      event.authenticationPromise = this.judgeHost(event);
    } else if (event.authenticationType === SshAuthenticationType.clientInteractive) {
      event.authenticationPromise = this.answerPrompts(event);
    }
  }

  private async judgeHost({ publicKey }: SshAuthenticatingEventArgs): Promise<object | null> {
    if (!publicKey) return null;
    const type = publicKey.keyAlgorithmName;
    const bytes = await publicKey.getPublicKeyBytes(type);
    if (!bytes) return null;
    return (await this.questions.hostKey({ type, fingerprint: await fingerprint(bytes) })) ? {} : null;
  }

  private async answerPrompts(event: SshAuthenticatingEventArgs): Promise<null> {
    const request = event.infoRequest;
    if (!request) return null;
    const prompts = (request.prompts ?? []).map(({ prompt, echo }) => ({ text: prompt, echo }));
    const answers = prompts.length ? await this.questions.prompts(request.name ?? '', request.instruction ?? '', prompts) : [];
    if (answers === null) {
      await this.session.close(SshDisconnectReason.authCancelledByUser);
      return null;
    }
    const response = new AuthenticationInfoResponseMessage();
    response.responses = answers;
    event.infoResponse = response;
    return null;
  }

  /** A channel for a login shell on a terminal of this size; what it sends is granted by `grant`. */
  async openShell(columns: number, rows: number): Promise<SshChannel> {
    const open = new ChannelOpenMessage();
    open.channelType = 'session';
    open.maxWindowSize = LEAST_WINDOW;
    const channel = await this.session.openChannel(open);
    if (!(await channel.request(new PtyRequest(columns, rows)))) throw new Error('The server gives no terminal.');
    return channel;
  }

  /** Lets the server send this many bytes more: the channel's own count is for windows of one size. */
  grant(channel: SshChannel, bytes: number): void {
    const more = new WindowAdjust(channel.remoteChannelId, bytes);
    void this.session.sendMessage(more).catch(() => {}); // the end of the session is told elsewhere
  }

  /** Starts the shell; listen to the channel first. */
  async startShell(channel: SshChannel): Promise<void> {
    if (!(await channel.request(new ChannelRequestMessage('shell', true)))) throw new Error('The server gives no shell.');
  }

  async openSftp(): Promise<SshChannel> {
    const channel = await this.session.openChannel('session');
    if (!(await channel.request(new SubsystemRequest('sftp')))) throw new Error('The server offers no SFTP.');
    return channel;
  }

  dispose(): void {
    this.session.dispose();
  }
}

export function resize(channel: SshChannel, columns: number, rows: number): void {
  void channel.request(new WindowChange(columns, rows)).catch(() => {}); // a closed channel has no size
}

export function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, bytes.length);
}
