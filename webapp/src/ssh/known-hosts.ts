/** Host keys that this browser has trusted, by target. */

export interface HostKey {
  readonly type: string;
  /** `SHA256:` and base64 without padding, as ssh-keygen -l writes it. */
  readonly fingerprint: string;
}

export type Verdict = { readonly kind: 'known' } | { readonly kind: 'new' } | { readonly kind: 'changed'; readonly known: HostKey };

const KEY = 'sluice.hosts';

type Store = Pick<Storage, 'getItem' | 'setItem'>;

/** Trust on first use; a target has one key, and another one is a change. */
export class KnownHosts {
  constructor(private readonly store: Store = localStorage) {}

  private all(): Record<string, HostKey> {
    try {
      const stored: unknown = JSON.parse(this.store.getItem(KEY) ?? '{}');
      return typeof stored === 'object' && stored !== null ? (stored as Record<string, HostKey>) : {};
    } catch {
      return {};
    }
  }

  known(target: string): HostKey | null {
    const all = this.all();
    return Object.hasOwn(all, target) ? (all[target] as HostKey) : null;
  }

  judge(target: string, key: HostKey): Verdict {
    const known = this.known(target);
    if (!known) return { kind: 'new' };
    return known.type === key.type && known.fingerprint === key.fingerprint ? { kind: 'known' } : { kind: 'changed', known };
  }

  trust(target: string, key: HostKey): void {
    this.store.setItem(KEY, JSON.stringify({ ...this.all(), [target]: key }));
  }

  forget(target: string): void {
    const { [target]: _gone, ...rest } = this.all();
    this.store.setItem(KEY, JSON.stringify(rest));
  }
}

/** The fingerprint of a public key in SSH's format. */
export async function fingerprint(publicKey: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', publicKey.slice()));
  return `SHA256:${btoa(String.fromCharCode(...digest)).replace(/=+$/, '')}`;
}
