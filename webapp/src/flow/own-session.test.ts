import { expect, it } from 'vitest';
import type { Session } from '../net/sessions';
import { ownSession } from './own-session';

const session = (id: string, target: string, since: string) => ({ id, target, since }) as Session;
const LIST = [session('a', 'db:1', '2026-01-01T00:00:00Z'), session('b', 'db:1', '2026-01-01T00:00:05Z'), session('c', 'db:2', '2026-01-01T00:00:09Z')];

it('is the newest of the target, which no other tunnel of the page gets', () => {
  const [first, second, third] = [{ label: 'db:1' }, { label: 'db:1' }, { label: 'db:1' }];
  expect(ownSession(first, LIST)?.id).toBe('b');
  expect(ownSession(second, LIST)?.id).toBe('a');
  expect(ownSession(third, LIST)).toBeNull();
});

it('stays the same while newer ones come, and is gone when it is', () => {
  const tunnel = { label: 'x:1' };
  const mine = session('d', 'x:1', '2026-01-01T00:00:00Z');
  expect(ownSession(tunnel, [mine])?.id).toBe('d');
  expect(ownSession(tunnel, [mine, session('e', 'x:1', '2026-01-02T00:00:00Z')])?.id).toBe('d');
  expect(ownSession(tunnel, [])).toBeNull();
});
