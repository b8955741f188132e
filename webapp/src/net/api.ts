/** The gateway's REST side. A part that this gateway does not have answers null. */
import { address, type Target } from './addresses';
import { problemOf, refusalText, type Problem } from './problem';

export interface WhoAmI {
  readonly name: string;
  readonly roles: readonly string[];
  /** How it is known: `basic`, `bearer`, `anonymous` … */
  readonly method: string;
}

export interface NamedTarget {
  readonly name: string;
  readonly protocol?: string;
  readonly description?: string;
}

export interface PingAnswer {
  readonly success: boolean;
  readonly message: string;
  readonly address?: string;
  readonly samples: readonly (number | null)[];
  readonly dnsMillis: number;
}

export interface BannerAnswer {
  readonly success: boolean;
  readonly message?: string;
  readonly banner?: string;
  readonly protocol?: string;
  readonly software?: string;
  readonly comments?: string | null;
  readonly address?: string;
  readonly rtt?: number;
}

/** A refused request. */
export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail || problem.code || `HTTP ${problem.status}`);
  }
}

/** What went wrong with a request, as a sentence. */
export function failureText(failure: unknown): string {
  return failure instanceof Refused ? refusalText(failure.problem) : 'The gateway cannot be reached.';
}

/**
 * Asks and reads JSON.
 *
 * @returns the body, or null where this gateway has no such address
 * @throws Refused for any other status than success
 */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T | null> {
  const response = await fetch(address(path), { headers: { Accept: 'application/json' }, ...init });
  if (response.status === 404 || response.status === 405) return null;
  const json = /json/.test(response.headers.get('Content-Type') ?? '');
  if (response.ok) return response.status === 204 ? null : json ? ((await response.json()) as T) : null;
  throw new Refused(await problemOf(response));
}

function withBody(method: string, body: unknown): RequestInit {
  return {
    method,
    headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
    body: JSON.stringify(body),
  };
}

export function post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T | null> {
  return ask<T>(path, { ...withBody('POST', body), ...(signal ? { signal } : {}) });
}

export function patch<T>(path: string, body: unknown): Promise<T | null> {
  return ask<T>(path, withBody('PATCH', body));
}

/** Who the gateway takes this caller for; null where it cannot say. */
export async function whoAmI(): Promise<WhoAmI | null> {
  const raw = await ask<Record<string, unknown>>('api/whoami').catch(() => null);
  if (!raw) return null;
  const name = raw['subject'] ?? '';
  return {
    name: String(name),
    roles: Array.isArray(raw['roles']) ? raw['roles'].map(String) : [],
    method: String(raw['method'] ?? ''),
  };
}

/** The named targets that this caller may open; null where the gateway does not tell. */
export async function namedTargets(): Promise<readonly NamedTarget[] | null> {
  const raw = await ask<unknown>('api/targets').catch(() => null);
  const list = Array.isArray(raw) ? raw : (raw as { targets?: unknown } | null)?.targets;
  if (!Array.isArray(list)) return null;
  return list.map((entry) => (typeof entry === 'string' ? { name: entry } : (entry as NamedTarget)));
}

/**
 * Why a tunnel is refused: a ticket for it tells of identity and of the caller's own limits, a ping
 * of policy; a named target is looked for among those that this caller may open.
 *
 * @returns the refusal, 'allowed' where none of them speaks against it, null where they do not tell
 */
export async function whyRefused(target: Target): Promise<Problem | 'allowed' | null> {
  try {
    if ('host' in target) {
      const { host, port } = target;
      await post('api/tickets', { host, port });
      return (await post<PingAnswer>('api/ping', { host, port, count: 1 })) && 'allowed';
    }
    await post('api/tickets', { target: target.name });
    const known = await namedTargets();
    if (!known) return null;
    return known.some(({ name }) => name === target.name) ? 'allowed' : { status: 403, code: 'target_denied', detail: '' };
  } catch (failure) {
    return failure instanceof Refused ? failure.problem : null;
  }
}

/** Whether the gateway answers at all. */
export async function isAlive(): Promise<boolean> {
  return fetch(address('health/live'), { cache: 'no-store' }).then(
    (response) => response.ok,
    () => false,
  );
}
