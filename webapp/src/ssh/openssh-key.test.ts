import { Buffer } from 'buffer';
import { expect, it } from 'vitest';
import { isOpenSshKey, PassphraseNeeded, readOpenSshKey } from './openssh-key';

// made by ssh-keygen for this test alone; the passphrase is "open sesame"
const ENCRYPTED = `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHIAAAAGYmNyeXB0AAAAGAAAABDbLtGycu
zM1UoSv+Jf5HhdAAAABAAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAAIG/pukrLYXjRWEp9
O3gVpGUJYkKBnnLHf81Spib/nKOyAAAAkJWadwwZeWsYkn/by7UE8lIjv7ZwN4pVGTfjT9
xQ8tinU/ZgRhZ0gMft8WXbWkIgEIZbIrUc/6O9KKruSlBt7YWKj9aFeEXIv9w6X8p0/Vr4
mPMvNpSXVUhqtDOBgZJTbQ/rWopa5HeGncwpzYd249XppjP2ihDfUGoOWE2DSmcnyc98Fa
ICKo/X1CKHWkoyuw==
-----END OPENSSH PRIVATE KEY-----`;
const PUBLIC = 'AAAAC3NzaC1lZDI1NTE5AAAAIG/pukrLYXjRWEp9O3gVpGUJYkKBnnLHf81Spib/nKOy';
const SEALED = `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAAFmFlczI1Ni1nY21Ab3BlbnNzaC5jb20AAAAGYmNyeXB0AA
AAGAAAABA9tlmBHmQ4plZMzIe7fAWKAAAABAAAAAEAAAAzAAAAC3NzaC1lZDI1NTE5AAAA
IBNPHWZYqcl61nSJJhBjsW0dDPcupgc6gahHtXiKSzSgAAAAkJgRtJ/0BKAx0SSmYq43Jk
um4yf4rEMmUxoe29Pb/W+3kr7AYW0cAJ8+QcqGDOk0yKb74cSfWS2yvUUjRUgqQfByImUL
lw/QiHg6qrx6i0r4SnAoxJouH6jSRaWXbj+mz4xkI22z33DaGxaeEjv770DI8PQu5h/lHJ
6XX2+HGvVRszcaRx/dKvROWuDsnYtyIlF1EW3MTUcm5EPS6tuqtiQ=
-----END OPENSSH PRIVATE KEY-----`;
const SEALED_PUBLIC = 'AAAAC3NzaC1lZDI1NTE5AAAAIBNPHWZYqcl61nSJJhBjsW0dDPcupgc6gahHtXiKSzSg';
const ECDSA = `-----BEGIN OPENSSH PRIVATE KEY-----
b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAaAAAABNlY2RzYS
1zaGEyLW5pc3RwMjU2AAAACG5pc3RwMjU2AAAAQQT5CTDOlneGHFTbl3C69E8Qdydlqv0U
0/f900WjHbtBpBgg/O4JT30mzjWs9Urb2KYSeKmCcQUVYom9P+yvTFqMAAAAoD1Znc49WZ
3OAAAAE2VjZHNhLXNoYTItbmlzdHAyNTYAAAAIbmlzdHAyNTYAAABBBPkJMM6Wd4YcVNuX
cLr0TxB3J2Wq/RTT9/3TRaMdu0GkGCD87glPfSbONaz1StvYphJ4qYJxBRViib0/7K9MWo
wAAAAgD8o9489uCctyVcB2yRrpZoD1FoD91DwPrJsSE1PwXq4AAAAHZml4dHVyZQE=
-----END OPENSSH PRIVATE KEY-----`;

it.each([
  ['AES-CTR', ENCRYPTED, PUBLIC],
  ['AES-GCM', SEALED, SEALED_PUBLIC],
])('opens an Ed25519 key that is encrypted with %s by its passphrase', async (_cipher, file, publicKey) => {
  const key = await readOpenSshKey(file, 'open sesame');
  expect(key.type).toBe('ssh-ed25519');
  if (key.type === 'ssh-ed25519') {
    expect([...key.publicKey]).toEqual([...Buffer.from(publicKey, 'base64').subarray(19)]);
    expect(key.seed).toHaveLength(32);
  }
});

it('asks for a passphrase that is missing', () => expect(readOpenSshKey(ENCRYPTED, '')).rejects.toThrow(PassphraseNeeded));
it.each([ENCRYPTED, SEALED])('says that a passphrase is wrong', (file) => expect(readOpenSshKey(file, 'open says me')).rejects.toThrow('The passphrase is wrong.'));

it('reads a plain ECDSA key', async () => expect(await readOpenSshKey(ECDSA, '')).toMatchObject({ type: 'ecdsa', curve: 'nistp256' }));

it('says what it is not', async () => {
  expect(isOpenSshKey('-----BEGIN RSA PRIVATE KEY-----')).toBe(false);
  await expect(readOpenSshKey('hello', '')).rejects.toThrow('no OpenSSH private key');
});

it('refuses a file that ends too early', () =>
  expect(readOpenSshKey(ECDSA.replace(/\n.{70}\n(.{70}\n)+/, '\n'), '')).rejects.toThrow());
