import { Buffer } from './runtime';
import { BigInt as SshInt, ECDsa, SshAlgorithms, type KeyPair, type RsaParameters } from '@microsoft/dev-tunnels-ssh';
import { importKey } from '@microsoft/dev-tunnels-ssh-keys';
import { Ed25519KeyPair } from './ed25519';
import { isOpenSshKey, readOpenSshKey, type PrivateKeyData } from './openssh-key';

/**
 * A private key file as a key to log in with: OpenSSH's own format, or PEM (PKCS #1, PKCS #8, SEC1).
 *
 * @throws PassphraseNeeded where it is encrypted and the passphrase is missing or wrong
 */
export async function readPrivateKey(text: string, passphrase: string): Promise<KeyPair> {
  if (isOpenSshKey(text)) return toKeyPair(await readOpenSshKey(text, passphrase));
  if (/^PuTTY-User-Key/.test(text)) throw new Error('PuTTY keys are not read here; puttygen exports OpenSSH ones.');
  const key = await importKey(text.trim(), passphrase || null);
  if (!key.hasPrivateKey) throw new Error('This is a public key; the private one is needed.');
  return key;
}

async function toKeyPair(data: PrivateKeyData): Promise<KeyPair> {
  if (data.type === 'ssh-ed25519') {
    const pair = new Ed25519KeyPair();
    await pair.usePrivate(data.publicKey, data.seed);
    return pair;
  }
  const number = (bytes: Uint8Array) => SshInt.fromBytes(Buffer.from(bytes), { unsigned: true });
  if (data.type === 'ecdsa') {
    const half = (data.point.length - 1) / 2;
    const pair = new ECDsa.KeyPair();
    const [x, y] = [data.point.subarray(1, 1 + half), data.point.subarray(1 + half)];
    await pair.importParameters({ curve: { name: data.curve }, x: number(x), y: number(y), d: number(data.d) });
    return pair;
  }
  const pair = SshAlgorithms.publicKey['rsaWithSha512']?.createKeyPair();
  if (!pair) throw new Error('RSA keys are not supported here.');
  const [p, q, d] = [big(data.p), big(data.q), big(data.d)];
  await pair.importParameters({
    modulus: number(data.n),
    exponent: number(data.e),
    d: number(data.d),
    p: number(data.p),
    q: number(data.q),
    dp: number(bytesOf(d % (p - 1n))),
    dq: number(bytesOf(d % (q - 1n))),
    qi: number(data.qi),
  } satisfies RsaParameters);
  return pair;
}

function big(bytes: Uint8Array): bigint {
  return BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
}

function bytesOf(value: bigint): Uint8Array {
  const hex = value.toString(16);
  return Buffer.from(hex.length % 2 ? `0${hex}` : hex, 'hex');
}
