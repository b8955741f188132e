import type { Protocol } from './route';

/** Each protocol's element; its code is loaded when the first tab is opened. */
export const PROTOCOL_VIEWS: Record<Protocol, { readonly tag: string; readonly load: () => Promise<unknown> }> = {
  ssh: { tag: 'ssh-view', load: () => import('../ssh/ssh-view') },
  telnet: { tag: 'telnet-view', load: () => import('../telnet/telnet-view') },
  redis: { tag: 'redis-view', load: () => import('../redis/redis-view') },
  raw: { tag: 'raw-view', load: () => import('../raw/raw-view') },
};
