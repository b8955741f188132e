import { Outbox } from './outbox';

/** One WebSocket, with back-pressure where the browser can hold back what arrives. */

export interface TransportEvents {
  opened(): void;
  /** The next message comes once the promise is fulfilled. */
  received(bytes: Uint8Array): Promise<void> | void;
  /** Called exactly once. */
  closed(code: number, reason: string): void;
}

export interface Transport {
  /** Fulfilled when the browser can take more; rejected once closed. */
  send(bytes: Uint8Array): Promise<void>;
  close(): void;
}

interface StreamInfo {
  readable: ReadableStream<ArrayBuffer | string>;
  writable: WritableStream<BufferSource>;
}

interface StreamSocket {
  opened: Promise<StreamInfo>;
  closed: Promise<{ closeCode: number; reason: string }>;
  close(info?: { closeCode: number }): void;
}

declare global {
  // not yet in the DOM library
  var WebSocketStream: undefined | (new (url: string) => StreamSocket);
}

/** Whether this browser stops reading, and so the target, when the page does. */
export function canHoldBack(): boolean {
  return typeof globalThis.WebSocketStream === 'function';
}

/** Bytes that may wait in the page where the browser cannot hold back; more ends the tunnel. */
const MOST_WAITING = 64 << 20;
const SEND_AHEAD = 1 << 20;
const encoder = new TextEncoder();

function bytesOf(data: ArrayBuffer | Uint8Array | string): Uint8Array {
  if (typeof data === 'string') return encoder.encode(data);
  return data instanceof Uint8Array ? data : new Uint8Array(data);
}

/** Opens `url` by the best means the browser has. */
export function openTransport(url: string, events: TransportEvents): Transport {
  return canHoldBack() ? openStream(url, events) : openSocket(url, events);
}

function openStream(url: string, events: TransportEvents): Transport {
  const socket = new globalThis.WebSocketStream!(url);
  const writer = socket.opened.then(({ writable }) => writable.getWriter());
  writer.catch(() => {}); // `closed` has the code and the reason
  const outbox = new Outbox(async (bytes) => (await writer).write(bytes as Uint8Array<ArrayBuffer>));
  // each part once: the bytes before it are handed on first, then the end is told
  const read = async () => {
    const { readable } = await socket.opened;
    events.opened();
    const reader = readable.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      await events.received(bytesOf(next.value));
    }
  };
  const reading = read().catch(() => {});
  const ended = socket.closed.then(
    ({ closeCode, reason }) => ({ closeCode, reason }),
    (lost) => ({ closeCode: lost?.closeCode ?? 1006, reason: lost?.reason ?? '' }),
  );
  void Promise.all([ended, reading]).then(([{ closeCode, reason }]) => events.closed(closeCode, reason));
  return {
    send: (bytes) => outbox.send(bytes),
    close: () => socket.close({ closeCode: 1000 }),
  };
}

function openSocket(url: string, events: TransportEvents): Transport {
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  let waiting = 0;
  let queue = Promise.resolve();
  socket.onopen = () => events.opened();
  socket.onmessage = (event) => {
    const bytes = bytesOf(event.data as ArrayBuffer | string);
    waiting += bytes.length;
    if (waiting > MOST_WAITING) socket.close(4000, 'the page cannot keep up');
    queue = queue.then(async () => {
      await events.received(bytes);
      waiting -= bytes.length;
    });
  };
  socket.onclose = (event) => void queue.finally(() => events.closed(event.code, event.reason));
  return {
    send: async (bytes) => {
      if (socket.readyState !== WebSocket.OPEN) throw new Error('the tunnel is closed');
      socket.send(bytes as Uint8Array<ArrayBuffer>);
      while (socket.bufferedAmount > SEND_AHEAD && socket.readyState === WebSocket.OPEN) {
        await new Promise((later) => setTimeout(later, 5));
      }
    },
    close: () => socket.close(1000),
  };
}
