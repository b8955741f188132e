import { expect, it } from 'vitest';
import { endText, problemOf, refusalText } from './problem';

it('says when to try again', () =>
  expect(refusalText({ status: 429, code: 'rate_limited', detail: '', retryAfter: 7 })).toBe('Too many requests. Try again in 7 s.'));

it('says what is malformed', () =>
  expect(refusalText({ status: 400, code: 'bad_request', detail: 'port 0' })).toBe('Host or port is malformed: port 0.'));

it('prefers the reason of a close to its code', () =>
  expect(endText(4408, 'idle_timeout')).toContain('nothing moved'));

it('tells the end of what a tunnel may carry from too many requests', () =>
  expect(endText(4429, 'rate_limited')).toBe('Ended: the tunnel carried all the bytes that it may; a new one can be opened (4429 rate_limited).'));

it('knows a close by its code alone', () => expect(endText(4502, '')).toContain('cannot be reached'));

it('reads the problem body and Retry-After', async () => {
  const response = new Response('{"code":"rate_limited","detail":"slow down"}', { status: 429, headers: { 'Retry-After': '3' } });
  expect(await problemOf(response)).toEqual({ status: 429, code: 'rate_limited', detail: 'slow down', retryAfter: 3 });
});

it('survives an answer that is no JSON', async () =>
  expect(refusalText(await problemOf(new Response('<html>', { status: 502 })))).toBe('Refused with HTTP 502.'));
