/** Refusals and ends in words, from the problem body (RFC 9457) or the close code. */

export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  /** Seconds after which to try again, from `Retry-After`. */
  readonly retryAfter?: number;
}

const REFUSALS: Record<string, string> = {
  bad_request: 'Host or port is malformed',
  unauthenticated: 'The gateway does not know who you are: log in first',
  origin_forbidden: 'This page may not open tunnels here: its origin is not in the configuration',
  target_denied: 'Denied: no rule lets you open this target',
  rate_limited: 'Too many requests',
  overloaded: 'The gateway has no room for another tunnel',
  draining: 'The gateway is shutting down',
  connect_failed: 'The target refused the connection or cannot be reached',
  connect_timeout: 'The target did not answer in time',
  internal: 'The gateway failed',
};

const ENDS: Record<string, string> = {
  target_closed: 'The target closed the connection',
  client_closed: 'You closed it',
  target_reset: 'The target reset the connection',
  idle_timeout: 'Ended: nothing moved for the idle limit',
  session_limit: 'Ended: the tunnel reached its maximum age',
  stalled: 'Ended: bytes waited and none moved for too long',
  target_denied: 'Ended: a changed rule no longer allows this target',
  rate_limited: 'Ended: the tunnel carried all the bytes that it may; a new one can be opened',
};

const CLOSE_CODES: Record<number, string> = {
  1000: 'The target closed the connection',
  1001: 'The other side went away',
  1005: 'Closed',
  1006: 'The connection to the gateway was lost',
  1009: 'A message was too big',
  1011: 'The target reset the connection, or the gateway failed',
  1012: 'The gateway is shutting down',
  1013: 'The gateway has no room',
  4403: 'Ended: the target is no longer allowed',
  4408: 'Ended: a time limit was reached',
  4429: 'Ended: the tunnel carried all the bytes that it may',
  4502: 'The target refused the connection or cannot be reached',
  4504: 'The target did not answer in time',
};

/** A refusal as a sentence; says when to try again where the gateway said so. */
export function refusalText(problem: Problem): string {
  const words = REFUSALS[problem.code] ?? `Refused with HTTP ${problem.status}`;
  const malformed = problem.code === 'bad_request' && problem.detail ? `: ${problem.detail}` : '';
  const retry = problem.retryAfter === undefined ? '' : ` Try again in ${problem.retryAfter} s.`;
  return `${words}${malformed}.${retry}`;
}

/** The end of an open tunnel as a sentence. */
export function endText(code: number, reason: string): string {
  const word = reason.split(/[\s;,:]/, 1)[0] ?? '';
  const words = ENDS[word] ?? REFUSALS[word] ?? CLOSE_CODES[code] ?? 'Closed for another reason';
  return `${words} (${reason ? `${code} ${reason}` : code}).`;
}

/** The problem that an answer carries; an answer without a body gives its status alone. */
export async function problemOf(response: Response): Promise<Problem> {
  const retry = Number(response.headers.get('Retry-After') ?? NaN);
  const body = await response.json().catch(() => ({}));
  return {
    status: response.status,
    code: typeof body.code === 'string' ? body.code : response.status === 401 ? 'unauthenticated' : '',
    detail: typeof body.detail === 'string' ? body.detail : (body.message ?? ''),
    ...(Number.isFinite(retry) ? { retryAfter: retry } : {}),
  };
}
