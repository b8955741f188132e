import { beforeAll, describe, expect, it } from 'vitest';
import { parseTarget, targetText, tunnelAddress } from './addresses';

beforeAll(() => {
  Object.assign(globalThis, { document: { baseURI: 'https://gate.example/ops/sluice/#/x' } });
});

describe('what a person types as a target', () => {
  it('is a name without a port', () => expect(parseTarget(' pg-main ')).toEqual({ name: 'pg-main' }));
  it('is host and port', () => expect(parseTarget('db.corp:5432')).toEqual({ host: 'db.corp', port: 5432 }));
  it('may be IPv6 in brackets', () => expect(parseTarget('[fd00::1]:22')).toEqual({ host: 'fd00::1', port: 22 }));
  it('gets the default port where one is known', () => expect(parseTarget('box', 22)).toEqual({ host: 'box', port: 22 }));
  it('keeps odd spellings of addresses for the gateway to judge', () =>
    expect(parseTarget('127.1:80')).toEqual({ host: '127.1', port: 80 }));
  it('turns international names into ASCII', () =>
    expect(parseTarget('bücher.example:80')).toEqual({ host: 'xn--bcher-kva.example', port: 80 }));
  it.each(['', 'a b:1', 'h:0', 'h:65536', 'fd00::1:22', '[::1]'])('says what is wrong with "%s"', (text) =>
    expect(parseTarget(text)).toBeTypeOf('string'));
});

describe('the address of a tunnel', () => {
  it('is relative to the page', () =>
    expect(tunnelAddress({ host: 'fd00::1', port: 22 })).toBe('wss://gate.example/ops/sluice/tunnel?host=fd00%3A%3A1&port=22'));
  it('escapes a name', () => expect(tunnelAddress({ name: 'a/b' })).toBe('wss://gate.example/ops/sluice/tunnel/a%2Fb'));
  it('is written with brackets for IPv6', () => expect(targetText({ host: 'fd00::1', port: 22 })).toBe('[fd00::1]:22'));
});
