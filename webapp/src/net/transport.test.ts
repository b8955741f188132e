import { afterEach, expect, it, vi } from 'vitest';
import { openTransport } from './transport';

class FakeSocket {
  static readonly OPEN = 1;
  static last: FakeSocket;
  readyState = 1;
  bufferedAmount = 0;
  binaryType = '';
  closedWith: number | undefined;
  onopen?: () => void;
  onmessage?: (event: { data: unknown }) => void;
  onclose?: (event: { code: number; reason: string }) => void;
  constructor(readonly url: string) {
    FakeSocket.last = this;
  }
  send(): void {}
  close(code: number): void {
    this.closedWith = code;
  }
}

afterEach(() => vi.unstubAllGlobals());

it('tells the end only after everything that came before it was taken', async () => {
  vi.stubGlobal('WebSocket', FakeSocket);
  const seen: string[] = [];
  let release = () => {};
  openTransport('ws://x', {
    opened: () => seen.push('open'),
    received: (bytes) => {
      seen.push(`${bytes.length}`);
      return new Promise<void>((done) => (release = done));
    },
    closed: (code, reason) => seen.push(`${code} ${reason}`),
  });
  FakeSocket.last.onopen?.();
  FakeSocket.last.onmessage?.({ data: new ArrayBuffer(3) });
  FakeSocket.last.onclose?.({ code: 1000, reason: 'target_closed' });
  await vi.waitFor(() => expect(seen).toEqual(['open', '3']));
  release();
  await vi.waitFor(() => expect(seen).toEqual(['open', '3', '1000 target_closed']));
});

it('ends a tunnel whose bytes pile up where the browser cannot hold back', () => {
  vi.stubGlobal('WebSocket', FakeSocket);
  openTransport('ws://x', { opened: () => {}, received: () => new Promise(() => {}), closed: () => {} });
  for (let i = 0; i < 65; i++) FakeSocket.last.onmessage?.({ data: new ArrayBuffer(1 << 20) });
  expect(FakeSocket.last.closedWith).toBe(4000);
});
