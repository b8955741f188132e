/** What the gateway reports about a tunnel's gate; where it does not tell of that one, about all of the node. */
import { address } from '../net/addresses';
import { watchSessions, type Session } from '../net/sessions';
import type { Tunnel } from '../net/tunnel';
import { ownSession } from './own-session';
import { metricSum } from './prometheus';

export interface GateReport {
  /** Bytes that wait in the gateway. */
  readonly buffered: number;
  /** The share of the time since the last report in which the gate was shut, 0 to 1. */
  readonly shutShare: number;
  /** The tunnel's own; null where the figures are those of `tunnels` tunnels together. */
  readonly session: Session | null;
  readonly tunnels: number;
}

type Listener = (report: GateReport) => void;

const PERIOD = 1000;

/** Total milliseconds turned into the share of the time between two reports. */
class Share {
  private last: { at: number; millis: number } | undefined;

  of(millis: number, at = performance.now()): number {
    const before = this.last ?? { at, millis };
    this.last = { at, millis };
    return Math.min(1, Math.max(0, (millis - before.millis) / Math.max(1, at - before.at)));
  }
}

/** The gateway's metrics; null where it does not give them, or is gone before the last byte of them. */
async function metrics(): Promise<string | null> {
  try {
    const response = await fetch(address('metrics'), { cache: 'no-store' });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

const nodeListeners = new Set<Listener>();
let timer: ReturnType<typeof setTimeout> | undefined;
let nodeShare = new Share();

async function look(): Promise<void> {
  const text = await metrics();
  if (text !== null) {
    const report = {
      buffered: metricSum(text, 'sluice_buffered_bytes'),
      shutShare: nodeShare.of(metricSum(text, 'sluice_paused_seconds_total') * 1000),
      session: null,
      tunnels: metricSum(text, 'sluice_tunnels_open'),
    };
    for (const listener of nodeListeners) listener(report);
  }
  // where the metrics are not for this caller, ask rarely
  timer = nodeListeners.size ? setTimeout(() => void look(), text !== null ? PERIOD : 30 * PERIOD) : undefined;
}

/** One request a second for all panels of the page. */
function watchNode(listener: Listener): () => void {
  nodeListeners.add(listener);
  if (timer === undefined) {
    nodeShare = new Share();
    timer = setTimeout(() => void look(), 0);
  }
  return () => nodeListeners.delete(listener);
}

/** Calls `listener` about once a second until the returned function is called. */
export function watchGate(tunnel: () => Tunnel | null, listener: Listener): () => void {
  let leaveNode: (() => void) | null = null;
  let share = new Share();
  let id = '';
  const leaveSessions = watchSessions((list) => {
    const watched = tunnel();
    const session = list && watched?.state === 'open' ? ownSession(watched, list.sessions) : null;
    if (!session) {
      leaveNode ??= watchNode(listener);
      return;
    }
    leaveNode?.();
    leaveNode = null;
    if (session.id !== id) share = new Share();
    id = session.id;
    listener({ buffered: session.bufferedDown, shutShare: share.of(session.pausedMillisDown), session, tunnels: 1 });
  });
  return () => {
    leaveSessions();
    leaveNode?.();
  };
}
