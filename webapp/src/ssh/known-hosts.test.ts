import { Buffer } from 'buffer';
import { expect, it } from 'vitest';
import { fingerprint, KnownHosts } from './known-hosts';

function store(content: string | null = null) {
  return { getItem: () => content, setItem: (_key: string, value: string) => void (content = value) };
}

const KEY = { type: 'ssh-ed25519', fingerprint: 'SHA256:a' };

it('knows a host once it was trusted', () => {
  const hosts = new KnownHosts(store());
  expect(hosts.judge('h:22', KEY).kind).toBe('new');
  hosts.trust('h:22', KEY);
  expect(hosts.judge('h:22', KEY).kind).toBe('known');
  expect(hosts.judge('h:2222', KEY).kind).toBe('new');
});

it('takes another key and another type for a change', () => {
  const hosts = new KnownHosts(store());
  hosts.trust('h:22', KEY);
  expect(hosts.judge('h:22', { ...KEY, fingerprint: 'SHA256:b' })).toEqual({ kind: 'changed', known: KEY });
  expect(hosts.judge('h:22', { ...KEY, type: 'ssh-rsa' }).kind).toBe('changed');
});

it('forgets only what it was told to', () => {
  const hosts = new KnownHosts(store());
  hosts.trust('a', KEY);
  hosts.trust('b', KEY);
  hosts.forget('a');
  expect([hosts.judge('a', KEY).kind, hosts.judge('b', KEY).kind]).toEqual(['new', 'known']);
});

it('is not misled by names of the language', () => expect(new KnownHosts(store()).judge('constructor', KEY).kind).toBe('new'));
it('survives a broken store', () => expect(new KnownHosts(store('{')).judge('h', KEY).kind).toBe('new'));

it('writes fingerprints as ssh-keygen does', async () => {
  const bytes = Buffer.from('AAAAC3NzaC1lZDI1NTE5AAAAIG/pukrLYXjRWEp9O3gVpGUJYkKBnnLHf81Spib/nKOy', 'base64');
  expect(await fingerprint(bytes)).toBe('SHA256:fyiUZofaFHpEZfSR2fpQBKPEcvGe+qKXgNSxfzove60');
});
