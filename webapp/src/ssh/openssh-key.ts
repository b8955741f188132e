/** OpenSSH private key files, "openssh-key-v1", plain or encrypted. */
import { pbkdf } from 'bcrypt-pbkdf';
import { WireReader } from './wire';

export type PrivateKeyData =
  | { readonly type: 'ssh-ed25519'; readonly publicKey: Uint8Array; readonly seed: Uint8Array }
  | { readonly type: 'ecdsa'; readonly curve: string; readonly point: Uint8Array; readonly d: Uint8Array }
  | { readonly type: 'ssh-rsa'; readonly n: Uint8Array; readonly e: Uint8Array; readonly d: Uint8Array; readonly qi: Uint8Array; readonly p: Uint8Array; readonly q: Uint8Array };

/** A key that needs a passphrase, or another one. */
export class PassphraseNeeded extends Error {}

const HEADER = /-----BEGIN OPENSSH PRIVATE KEY-----([\sA-Za-z0-9+/=]+)-----END OPENSSH PRIVATE KEY-----/;
const MAGIC = 'openssh-key-v1\0';
/** What a file may ask of the key derivation; ssh-keygen's usual is 16 or 24. */
const MOST_ROUNDS = 1024;

const CIPHERS: Record<string, { readonly name: string; readonly key: number; readonly iv: number }> = {
  'aes128-ctr': { name: 'AES-CTR', key: 16, iv: 16 },
  'aes192-ctr': { name: 'AES-CTR', key: 24, iv: 16 },
  'aes256-ctr': { name: 'AES-CTR', key: 32, iv: 16 },
  'aes256-gcm@openssh.com': { name: 'AES-GCM', key: 32, iv: 12 },
};

export function isOpenSshKey(text: string): boolean {
  return HEADER.test(text);
}

/**
 * Reads the key.
 *
 * @throws PassphraseNeeded where it is encrypted and the passphrase is missing or wrong
 * @throws Error that says what is not supported
 */
export async function readOpenSshKey(text: string, passphrase: string): Promise<PrivateKeyData> {
  const body = HEADER.exec(text)?.[1];
  if (!body) throw new Error('This is no OpenSSH private key.');
  const file = Uint8Array.from(atob(body.replace(/\s/g, '')), (char) => char.charCodeAt(0));
  const reader = new WireReader(file);
  if (new TextDecoder().decode(reader.raw(MAGIC.length)) !== MAGIC) throw new Error('This OpenSSH key has an unknown version.');
  const cipher = reader.text();
  const derivation = reader.text();
  const options = reader.string();
  if (reader.uint32() !== 1) throw new Error('The file must hold exactly one key.');
  reader.string(); // the public key, which the private part has again
  const sealed = reader.string();
  if (cipher === 'none') return readPrivate(sealed);
  if (derivation !== 'bcrypt') throw new Error(`The key derivation ${derivation} is not supported.`);
  return readPrivate(await unseal(cipher, options, sealed, reader, passphrase));
}

async function unseal(cipher: string, options: Uint8Array, sealed: Uint8Array, after: WireReader, passphrase: string): Promise<Uint8Array> {
  const algorithm = CIPHERS[cipher];
  if (!algorithm) throw new Error(`Keys encrypted with ${cipher} are not supported; ssh-keygen -p -Z aes256-ctr changes that.`);
  if (!passphrase) throw new PassphraseNeeded('This key is encrypted: give its passphrase.');
  const derived = derive(options, passphrase, algorithm.key + algorithm.iv);
  const key = await crypto.subtle.importKey('raw', derived.slice(0, algorithm.key), algorithm.name, false, ['decrypt']);
  const iv = derived.slice(algorithm.key);
  try {
    if (algorithm.name === 'AES-CTR') {
      return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CTR', counter: iv, length: 128 }, key, sealed.slice()));
    }
    const withTag = Uint8Array.of(...sealed, ...after.raw(16));
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, withTag));
  } catch {
    throw new PassphraseNeeded('The passphrase is wrong.');
  }
}

function derive(options: Uint8Array, passphrase: string, length: number): Uint8Array {
  const reader = new WireReader(options);
  const salt = reader.string();
  const rounds = reader.uint32();
  if (rounds > MOST_ROUNDS) throw new Error(`The key asks for ${rounds} rounds of key derivation; at most ${MOST_ROUNDS} are done here.`);
  const password = new TextEncoder().encode(passphrase);
  const key = new Uint8Array(length);
  if (pbkdf(password, password.length, salt, salt.length, key, length, rounds) !== 0) throw new Error('The key derivation failed.');
  return key;
}

function readPrivate(bytes: Uint8Array): PrivateKeyData {
  const reader = new WireReader(bytes);
  if (reader.uint32() !== reader.uint32()) throw new PassphraseNeeded('The passphrase is wrong.');
  const type = reader.text();
  if (type === 'ssh-ed25519') {
    const publicKey = reader.string();
    return { type, publicKey, seed: reader.string().subarray(0, 32) };
  }
  if (/^ecdsa-sha2-nistp(256|384|521)$/.test(type)) {
    return { type: 'ecdsa', curve: reader.text(), point: reader.string(), d: reader.string() };
  }
  if (type === 'ssh-rsa') {
    const [n, e, d, qi, p, q] = Array.from({ length: 6 }, () => reader.string()) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array, Uint8Array];
    return { type, n, e, d, qi, p, q };
  }
  throw new Error(`Keys of type ${type} are not supported.`);
}
