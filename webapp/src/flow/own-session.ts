import type { Session } from '../net/sessions';

/** What of a tunnel of this page is known without the gateway. */
export interface OwnTunnel {
  readonly label: string;
}

const claims = new WeakMap<OwnTunnel, string>();
const claimed = new Set<string>();

/**
 * The gateway's side of a tunnel of this page. A page reads no header of a WebSocket, so it is told
 * by what is known: the newest of the same target that no other tunnel of the page has.
 */
export function ownSession(tunnel: OwnTunnel, sessions: readonly Session[]): Session | null {
  const known = claims.get(tunnel);
  if (known !== undefined) return sessions.find(({ id }) => id === known) ?? null;
  const fits = sessions.filter(({ id, target }) => target === tunnel.label && !claimed.has(id));
  const newest = fits.reduce<Session | null>((best, one) => (best && best.since >= one.since ? best : one), null);
  if (newest) {
    claims.set(tunnel, newest.id);
    claimed.add(newest.id);
  }
  return newest;
}
