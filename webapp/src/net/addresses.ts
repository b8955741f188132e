/** Addresses of the gateway, relative to the page: they hold below any context path or proxy. */

/** What a tunnel leads to: a name from the configuration, or a host and a port. */
export type Target = { readonly name: string } | { readonly host: string; readonly port: number };

/** An address below the page's own directory. */
export function address(path: string): URL {
  return new URL(path, new URL('.', document.baseURI));
}

function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}

/** The WebSocket address of a tunnel. */
export function tunnelAddress(target: Target): string {
  const path =
    'name' in target
      ? `tunnel/${encodeURIComponent(target.name)}`
      : `tunnel?${new URLSearchParams({ host: target.host, port: String(target.port) })}`;
  const url = address(path);
  url.protocol = url.protocol.replace('http', 'ws');
  return url.href;
}

/** `name`, `host:port` or `[v6]:port`. */
export function targetText(target: Target): string {
  if ('name' in target) return target.name;
  const host = bare(target.host);
  return `${host.includes(':') ? `[${host}]` : host}:${target.port}`;
}

/** A host as the gateway takes it: international names in their ASCII form, IPv6 without brackets. */
function asciiHost(host: string): string | null {
  if (/^\[?[0-9a-f:.]*:[0-9a-f:.]*\]?$/i.test(host)) return bare(host);
  // the gateway's grammar judges ASCII; the URL parser would rewrite it (127.1 to 127.0.0.1)
  if (/^[\x21-\x7e]+$/.test(host)) return host;
  try {
    return new URL(`http://${host}`).hostname || null;
  } catch {
    return null;
  }
}

/**
 * What a person typed, read as a target.
 *
 * @param defaultPort for a host without one; without it such a text is a name
 * @returns the target, or a sentence that says what is wrong
 */
export function parseTarget(text: string, defaultPort?: number): Target | string {
  const typed = text.trim();
  if (!typed) return 'Name a target, or a host and a port.';
  const match = /^(\[[^\]]*\]|[^:\s]+)(?::(\d+))?$/.exec(typed);
  if (!match) return `"${typed}" is no name and no host:port. IPv6 goes in brackets: [fd00::1]:22.`;
  const [, host = '', portText] = match;
  if (portText === undefined && defaultPort === undefined) {
    return host.startsWith('[') ? 'A port is missing.' : { name: host };
  }
  const port = portText === undefined ? (defaultPort as number) : Number(portText);
  if (port < 1 || port > 65535) return `${port} is no port: they go from 1 to 65535.`;
  const ascii = asciiHost(host);
  return ascii === null ? `"${host}" is no host name.` : { host: ascii, port };
}
