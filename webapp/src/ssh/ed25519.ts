import { Buffer } from './runtime';
import { PublicKeyAlgorithm, type KeyPair, type Signer, type Verifier } from '@microsoft/dev-tunnels-ssh';
import { WireReader, WireWriter } from './wire';

const NAME = 'ssh-ed25519';
const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64').replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');

/** An Ed25519 key (RFC 8709) whose arithmetic is the browser's own. */
export class Ed25519KeyPair implements KeyPair {
  readonly keyAlgorithmName = NAME;
  comment: string | null = null;
  private point: Uint8Array | null = null;
  private verifying: CryptoKey | null = null;
  private signing: CryptoKey | null = null;

  get hasPublicKey(): boolean {
    return this.verifying !== null;
  }

  get hasPrivateKey(): boolean {
    return this.signing !== null;
  }

  async setPublicKeyBytes(bytes: Buffer): Promise<void> {
    const reader = new WireReader(bytes);
    if (reader.text() !== NAME) throw new Error('The key is not of type ssh-ed25519.');
    await this.usePoint(reader.string());
  }

  private async usePoint(point: Uint8Array): Promise<void> {
    if (point.length !== 32) throw new Error('An Ed25519 key has 32 bytes.');
    this.point = point;
    this.verifying = await crypto.subtle.importKey('raw', point.slice(), 'Ed25519', true, ['verify']);
  }

  async usePrivate(point: Uint8Array, seed: Uint8Array): Promise<void> {
    await this.usePoint(point);
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: base64url(point), d: base64url(seed) };
    this.signing = await crypto.subtle.importKey('jwk', jwk, 'Ed25519', false, ['sign']);
  }

  getPublicKeyBytes(): Promise<Buffer | null> {
    return Promise.resolve(this.point && Buffer.from(new WireWriter().string(NAME).string(this.point).result()));
  }

  async sign(data: Buffer): Promise<Buffer> {
    if (!this.signing) throw new Error('The private key is missing.');
    return Buffer.from(await crypto.subtle.sign('Ed25519', this.signing, Uint8Array.from(data)));
  }

  async verify(data: Buffer, signature: Buffer): Promise<boolean> {
    if (!this.verifying) throw new Error('The public key is missing.');
    return crypto.subtle.verify('Ed25519', this.verifying, Uint8Array.from(signature), Uint8Array.from(data));
  }

  async generate(): Promise<void> {
    throw new Error('Keys are not made here.');
  }

  async importParameters(): Promise<void> {
    throw new Error('Ed25519 keys have no parameters.');
  }

  async exportParameters(): Promise<never> {
    throw new Error('Ed25519 keys have no parameters.');
  }

  dispose(): void {
    this.signing = null;
  }
}

/** `ssh-ed25519` for host keys and for logging in. */
export class Ed25519 extends PublicKeyAlgorithm {
  constructor() {
    super(NAME, NAME, 'SHA2-512');
  }

  override createKeyPair(): KeyPair {
    return new Ed25519KeyPair();
  }

  override async generateKeyPair(): Promise<KeyPair> {
    throw new Error('Keys are not made here.');
  }

  override createSigner(pair: KeyPair): Signer {
    return { digestLength: 64, sign: (data) => (pair as Ed25519KeyPair).sign(data), dispose: () => {} };
  }

  override createVerifier(pair: KeyPair): Verifier {
    return { digestLength: 64, verify: (data, signature) => (pair as Ed25519KeyPair).verify(data, signature), dispose: () => {} };
  }
}
