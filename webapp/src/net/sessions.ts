/** The open tunnels that this caller may see, as the gateway tells them: own ones, or all to an administrator. */
import { address } from './addresses';
import { ask, patch, whoAmI } from './api';

/** A tunnel, as the gateway sees it. Down is from the target to the client. */
export interface Session {
  readonly id: string;
  readonly state: string;
  readonly subject: string;
  readonly method: string;
  readonly client: string;
  /** What was asked for: a name, or host and port. */
  readonly target: string;
  readonly address: string | null;
  readonly lane: string;
  /** ISO 8601. */
  readonly since: string;
  readonly bytesUp: number;
  readonly bytesDown: number;
  /** Bytes per second. */
  readonly rateUp: number;
  readonly rateDown: number;
  readonly bufferedUp: number;
  readonly bufferedDown: number;
  /** Buffered bytes above which a source is stopped. */
  readonly mark: number;
  /** Whether the client, or the target, is not read now. */
  readonly pausedUp: boolean;
  readonly pausedDown: boolean;
  readonly pausedMillisUp: number;
  readonly pausedMillisDown: number;
  readonly paused: boolean;
  /** The throttle; null where there is none. */
  readonly bytesPerSecond: number | null;
}

export interface SessionList {
  readonly sessions: readonly Session[];
  /** Of all that may be seen; events list the oldest thousand. */
  readonly count: number;
}

export interface SessionChange {
  readonly paused?: boolean;
  readonly bytesPerSecond?: number | null;
}

type Listener = (list: SessionList | null) => void;

const listeners = new Set<Listener>();
let source: EventSource | null = null;
let known: Promise<boolean> | null = null;

/** Whether the gateway tells this caller of any tunnel: to whoever is anonymous none is its own. */
function isKnown(): Promise<boolean> {
  known ??= whoAmI().then((who) => who !== null && (who.method !== 'anonymous' || who.roles.includes('sluice-admin')));
  return known;
}

/** Null where the gateway has no such address. @throws Refused */
export function listSessions(): Promise<SessionList | null> {
  return ask<SessionList>('api/sessions');
}

/** @throws Refused */
export async function endSession(id: string): Promise<void> {
  await ask(`api/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

/** @throws Refused */
export async function changeSession(id: string, change: SessionChange): Promise<void> {
  await patch(`api/sessions/${encodeURIComponent(id)}`, change);
}

function tell(list: SessionList | null): void {
  for (const listener of [...listeners]) listener(list);
}

async function open(): Promise<void> {
  if (!(await isKnown())) return tell(null);
  if (!listeners.size || (source && source.readyState !== EventSource.CLOSED)) return;
  const opened = new EventSource(address('api/events'));
  source = opened;
  opened.addEventListener('sessions', (event) => tell(JSON.parse((event as MessageEvent<string>).data) as SessionList));
  opened.addEventListener('error', () => {
    // a lost stream is opened again by the browser, a refused one is not
    if (opened.readyState === EventSource.CLOSED) tell(null);
  });
}

/**
 * Calls `listener` about once a second until the returned function is called; once with null where
 * the gateway tells nothing. All listeners of the page share one stream.
 */
export function watchSessions(listener: Listener): () => void {
  listeners.add(listener);
  if (!source || source.readyState === EventSource.CLOSED) void open();
  return () => {
    listeners.delete(listener);
    if (listeners.size) return;
    source?.close();
    source = null;
  };
}
