import { afterEach, beforeEach, expect, it, vi } from 'vitest';

class FakeSource {
  static readonly CLOSED = 2;
  static readonly made: FakeSource[] = [];
  readyState = 1;
  private readonly handlers = new Map<string, (event: unknown) => void>();

  constructor(readonly url: URL) {
    FakeSource.made.push(this);
  }

  addEventListener(name: string, handler: (event: unknown) => void): void {
    this.handlers.set(name, handler);
  }

  fire(name: string, data = ''): void {
    this.handlers.get(name)?.({ data });
  }

  close(): void {
    this.readyState = FakeSource.CLOSED;
  }
}

const LIST = { sessions: [], count: 0 };
const settle = () => new Promise((done) => setTimeout(done));

function gatewayKnows(method: string, roles: string[]): void {
  vi.stubGlobal('fetch', async () => Response.json({ subject: 'kim', method, roles }));
}

beforeEach(() => {
  vi.resetModules();
  FakeSource.made.length = 0;
  vi.stubGlobal('EventSource', FakeSource);
  vi.stubGlobal('document', { baseURI: 'http://gateway/sluice/' });
});
afterEach(() => vi.unstubAllGlobals());

it('watches by one stream for all, which ends with the last', async () => {
  gatewayKnows('basic', []);
  const { watchSessions } = await import('./sessions');
  const seen: unknown[] = [];
  const leave = [watchSessions((list) => seen.push(list)), watchSessions((list) => seen.push(list))];
  await settle();
  expect(FakeSource.made.map(({ url }) => url.href)).toEqual(['http://gateway/sluice/api/events']);
  FakeSource.made[0]?.fire('sessions', JSON.stringify(LIST));
  expect(seen).toEqual([LIST, LIST]);
  leave[0]?.();
  expect(FakeSource.made[0]?.readyState).toBe(1);
  leave[1]?.();
  expect(FakeSource.made[0]?.readyState).toBe(FakeSource.CLOSED);
});

it('says that nothing is told to whoever is anonymous, and takes no place of those who watch', async () => {
  gatewayKnows('anonymous', ['guest']);
  const { watchSessions } = await import('./sessions');
  const seen: unknown[] = [];
  watchSessions((list) => seen.push(list));
  await settle();
  expect([seen, FakeSource.made]).toEqual([[null], []]);
});

it('says so too where the stream is refused, and waits where it is only lost', async () => {
  gatewayKnows('anonymous', ['sluice-admin']);
  const { watchSessions } = await import('./sessions');
  const seen: unknown[] = [];
  watchSessions((list) => seen.push(list));
  await settle();
  const [source] = FakeSource.made;
  source?.fire('error');
  expect(seen).toEqual([]);
  source?.close();
  source?.fire('error');
  expect(seen).toEqual([null]);
});
