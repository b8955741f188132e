import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Tunnel, type End } from './tunnel';

let socket: { onopen?: () => void; onmessage?: (event: { data: unknown }) => void; onclose?: (event: { code: number; reason: string }) => void };

beforeEach(() => {
  vi.stubGlobal('document', { baseURI: 'http://gate/sluice/' });
  vi.stubGlobal('WebSocket', function (this: object) {
    socket = Object.assign(this, { close: () => socket.onclose?.({ code: 1000, reason: '' }) }) as typeof socket;
  });
});
afterEach(() => vi.unstubAllGlobals());

function open(): { tunnel: Tunnel; end: Promise<End> } {
  let tunnel!: Tunnel;
  const end = new Promise<End>((ended) => (tunnel = new Tunnel({ host: 'h', port: 1 }, { received: () => {}, ended })));
  return { tunnel, end };
}

it('takes a message no faster than its pace', async () => {
  const { tunnel } = open();
  tunnel.pace = 0;
  socket.onopen?.();
  socket.onmessage?.({ data: new ArrayBuffer(1000) });
  await vi.waitFor(() => expect(tunnel.meter.waiting).toBe(1000));
  expect(tunnel.meter.down).toBe(0);
  tunnel.pace = Infinity;
  await vi.waitFor(() => expect(tunnel.meter).toMatchObject({ down: 1000, waiting: 0 }));
});

it('closes at once also while it holds back', async () => {
  const { tunnel, end } = open();
  tunnel.pace = 0;
  socket.onopen?.();
  socket.onmessage?.({ data: new ArrayBuffer(1000) });
  await vi.waitFor(() => expect(tunnel.meter.waiting).toBe(1000));
  tunnel.close();
  expect(await end).toMatchObject({ clean: true, text: 'You closed it.' });
});

it('asks why an upgrade was refused, by a ping where there are no tickets', async () => {
  const answers: Record<string, Response> = {
    'http://gate/sluice/api/tickets': new Response('', { status: 404 }),
    'http://gate/sluice/api/ping': new Response('{"code":"target_denied"}', { status: 403 }),
  };
  vi.stubGlobal('fetch', (url: URL) => Promise.resolve(answers[url.href]));
  const { end } = open();
  socket.onclose?.({ code: 1006, reason: '' });
  expect(await end).toMatchObject({ wasOpen: false, clean: false, text: 'Denied: no rule lets you open this target.' });
});

it('says when it is the gateway that is not there', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  const { end } = open();
  socket.onclose?.({ code: 1006, reason: '' });
  expect((await end).text).toBe('The gateway cannot be reached.');
});

it('gives the words of a close after the open', async () => {
  const { end } = open();
  socket.onopen?.();
  socket.onclose?.({ code: 4408, reason: 'idle_timeout' });
  expect(await end).toMatchObject({ wasOpen: true, clean: false, text: expect.stringContaining('idle limit') });
});
