/** Where the page is, from the part of the address after `#`. Nothing here connects by itself. */

export const PROTOCOLS = ['ssh', 'telnet', 'redis', 'raw'] as const;
export type Protocol = (typeof PROTOCOLS)[number];

export const PROTOCOL_NAMES: Record<Protocol, string> = {
  ssh: 'SSH',
  telnet: 'Telnet',
  redis: 'Redis',
  raw: 'Raw TCP',
};

/** What a host without a port means. */
export const DEFAULT_PORTS: Record<Protocol, number | undefined> = { ssh: 22, telnet: 23, redis: 6379, raw: undefined };

export type Route =
  /** The form, filled with what a deep link says. */
  | { readonly view: 'connect'; readonly protocol?: Protocol; readonly target?: string }
  | { readonly view: 'ping'; readonly target?: string }
  | { readonly view: 'admin' }
  /** A tab of this page; after a reload there is none, and the form is shown. */
  | { readonly view: 'session'; readonly id: string };

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** `#/ssh/host:22`, `#/t/pg-main`, `#/t/pg-main/redis`, `#/ping/host:22`, `#/admin`, `#/tab/3`. */
export function parseRoute(hash: string): Route {
  const [first = '', second = '', third = ''] = hash.replace(/^#?\/?/, '').split('/').map(decoded);
  if (first === 'admin') return { view: 'admin' };
  if (first === 'tab' && second) return { view: 'session', id: second };
  if (first === 'ping') return second ? { view: 'ping', target: second } : { view: 'ping' };
  if (isProtocol(first)) return second ? { view: 'connect', protocol: first, target: second } : { view: 'connect', protocol: first };
  if (first === 't' && second) {
    return isProtocol(third) ? { view: 'connect', target: second, protocol: third } : { view: 'connect', target: second };
  }
  return { view: 'connect' };
}

export function isProtocol(word: string | undefined): word is Protocol {
  return (PROTOCOLS as readonly string[]).includes(word ?? '');
}

/** The deep link that fills the form with this. */
export function deepLink(protocol: Protocol, target: string): string {
  return `#/${protocol}/${encodeURIComponent(target)}`;
}
