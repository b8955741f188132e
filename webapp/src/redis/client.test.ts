import { expect, it } from 'vitest';
import { RedisClient } from './client';
import type { Reply } from './resp';

const bytes = (text: string) => new TextEncoder().encode(text);

function open() {
  const pushed: Reply[] = [];
  const broken: string[] = [];
  const sent: string[] = [];
  const client = new RedisClient({
    send: async (out) => void sent.push(new TextDecoder().decode(out)),
    pushed: (reply) => pushed.push(reply),
    broken: (reason) => broken.push(reason),
  });
  return { client, pushed, broken, sent };
}

it('answers commands in their order', async () => {
  const { client } = open();
  const [first, second] = [client.run(['GET', 'a']), client.run(['GET', 'b'])];
  client.receive(bytes(':1\r\n:2\r\n'));
  expect([await first, await second]).toEqual([{ kind: 'number', text: '1' }, { kind: 'number', text: '2' }]);
});

it('tells subscriptions of RESP2 and RESP3 apart from replies', async () => {
  const { client, pushed } = open();
  await client.run(['SUBSCRIBE', 'c']);
  client.receive(bytes('*3\r\n$9\r\nsubscribe\r\n$1\r\nc\r\n:1\r\n'));
  expect(client.live).toBe(true);
  const ping = client.run(['PING']);
  client.receive(bytes('*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$2\r\nhi\r\n>3\r\n+message\r\n+c\r\n+ho\r\n+PONG\r\n'));
  expect(await ping).toEqual({ kind: 'simple', text: 'PONG' });
  expect(pushed).toHaveLength(3);
  client.receive(bytes('*3\r\n$11\r\nunsubscribe\r\n$1\r\nc\r\n:0\r\n'));
  expect(client.live).toBe(false);
});

it('takes an array that only looks like a message for the reply that is due', async () => {
  const { client } = open();
  const range = client.run(['LRANGE', 'l', '0', '-1']);
  client.receive(bytes('*3\r\n$7\r\nmessage\r\n$1\r\nc\r\n$1\r\nx\r\n'));
  expect((await range).kind).toBe('array');
});

it('shows what MONITOR sees', async () => {
  const { client, pushed } = open();
  const started = client.run(['MONITOR']);
  client.receive(bytes('+OK\r\n'));
  await started;
  client.receive(bytes('+1700000000.123456 [0 127.0.0.1:1] "PING"\r\n'));
  expect(pushed).toHaveLength(1);
});

it('tells whoever waits that the connection is gone', async () => {
  const { client } = open();
  const reply = client.run(['PING']);
  client.closed();
  expect((await reply).kind).toBe('error');
});

it('says that the target is no Redis', () => {
  const { client, broken } = open();
  client.receive(bytes('SSH-2.0-OpenSSH\r\n'));
  expect(broken).toEqual([expect.stringContaining('no Redis')]);
});
