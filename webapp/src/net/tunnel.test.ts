import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Target } from './addresses';
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

it('drops what still comes once it was closed, also what its taker has not shown yet', async () => {
  const taken: number[] = [];
  const sink = { received: (bytes: Uint8Array) => (taken.push(bytes.length), new Promise<void>(() => {})), ended: () => {} };
  const end = new Promise<End>((ended) => {
    const tunnel = new Tunnel({ host: 'h', port: 1 }, { ...sink, ended });
    socket.onopen?.();
    for (const size of [1, 2, 3]) socket.onmessage?.({ data: new ArrayBuffer(size) });
    void vi.waitFor(() => expect(taken).toEqual([1])).then(() => tunnel.close());
  });
  expect(await end).toMatchObject({ clean: true, text: 'You closed it.' });
  expect(taken).toEqual([1]);
});

function gateway(answers: Record<string, [number, string]>): void {
  vi.stubGlobal('fetch', (url: URL) => {
    const [status, body] = answers[url.pathname.replace('/sluice/', '')] ?? [404, ''];
    return Promise.resolve(new Response(body, { status, headers: { 'Content-Type': 'application/json', ...(status === 429 ? { 'Retry-After': '7' } : {}) } }));
  });
}

function refused(target: Target): Promise<End> {
  const end = new Promise<End>((ended) => void new Tunnel(target, { received: () => {}, ended }));
  socket.onclose?.({ code: 1006, reason: '' });
  return end;
}

it('asks by a ping why an upgrade to a host was refused', async () => {
  gateway({ 'api/tickets': [200, '{}'], 'api/ping': [403, '{"code":"target_denied"}'] });
  expect(await refused({ host: 'h', port: 1 })).toMatchObject({ wasOpen: false, clean: false, text: 'Denied: no rule lets you open this target.' });
});

it('says when to try again, from the ticket that the same limit refuses', async () => {
  gateway({ 'api/tickets': [429, '{"code":"rate_limited"}'], 'api/ping': [200, '{"success":true}'] });
  expect((await refused({ host: 'h', port: 1 })).text).toBe('Too many requests. Try again in 7 s.');
});

it('does not call denied what may be opened', async () => {
  gateway({ 'api/tickets': [200, '{}'], 'api/targets': [200, '{"targets":[{"name":"a"}]}'], 'api/ping': [200, '{"success":true}'] });
  for (const target of [{ name: 'a' }, { host: 'h', port: 1 }]) {
    expect((await refused(target)).text).toContain('though you may open this target');
  }
});

it('looks for a refused name among those that may be opened', async () => {
  gateway({ 'api/tickets': [200, '{}'], 'api/targets': [200, '{"targets":[{"name":"b"}]}'] });
  expect((await refused({ name: 'a' })).text).toBe('Denied: no rule lets you open this target.');
});

it('says that a login is missing', async () => {
  gateway({ 'api/tickets': [401, '{"code":"unauthenticated"}'] });
  expect((await refused({ name: 'a' })).text).toContain('log in first');
});

it('says what little is known where the gateway tells no more', async () => {
  gateway({ 'health/live': [200, '{}'] });
  expect((await refused({ name: 'a' })).text).toContain('knows no such name');
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
