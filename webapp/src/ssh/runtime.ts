/** What the SSH library expects of Node: this module is imported before it. */
import { Buffer } from 'buffer';

interface NodeGlobals {
  Buffer?: typeof Buffer;
  process?: { platform: string; env: Record<string, string>; pid: number; nextTick: (work: () => void) => void };
}

const globals = globalThis as NodeGlobals;
globals.Buffer ??= Buffer;
globals.process ??= { platform: 'browser', env: {}, pid: 0, nextTick: queueMicrotask.bind(globalThis) };

export { Buffer };
