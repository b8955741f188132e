/** What the gateway reports about its gates, for all panels of the page by one request a second. */
import { address } from '../net/addresses';
import { metricSum } from './prometheus';

export interface GateReport {
  /** Bytes that wait in the gateway, all tunnels together. */
  readonly buffered: number;
  /** The share of the last second in which a gate was shut, 0 to 1. */
  readonly shutShare: number;
  /** Tunnels that share these figures. */
  readonly tunnels: number;
}

type Listener = (report: GateReport) => void;

const PERIOD = 1000;
const listeners = new Set<Listener>();
let timer: ReturnType<typeof setTimeout> | undefined;
let last: { at: number; paused: number } | undefined;

/** The gateway's metrics; null where it does not give them, or is gone before the last byte of them. */
async function metrics(): Promise<string | null> {
  try {
    const response = await fetch(address('metrics'), { cache: 'no-store' });
    return response.ok ? await response.text() : null;
  } catch {
    return null;
  }
}

async function look(): Promise<void> {
  const text = await metrics();
  if (text !== null) {
    const now = { at: performance.now(), paused: metricSum(text, 'sluice_paused_seconds_total') };
    const before = last ?? now;
    last = now;
    const share = ((now.paused - before.paused) * 1000) / Math.max(1, now.at - before.at);
    const report = {
      buffered: metricSum(text, 'sluice_buffered_bytes'),
      shutShare: Math.min(1, Math.max(0, share)),
      tunnels: metricSum(text, 'sluice_tunnels_open'),
    };
    for (const listener of listeners) listener(report);
  }
  // where the metrics are not for this caller, ask rarely
  timer = listeners.size ? setTimeout(() => void look(), text !== null ? PERIOD : 30 * PERIOD) : undefined;
}

/** Calls `listener` about once a second until the returned function is called. */
export function watchGate(listener: Listener): () => void {
  listeners.add(listener);
  if (timer === undefined) {
    last = undefined;
    timer = setTimeout(() => void look(), 0);
  }
  return () => listeners.delete(listener);
}
