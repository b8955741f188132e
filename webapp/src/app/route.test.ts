import { expect, it } from 'vitest';
import { deepLink, parseRoute } from './route';

it('fills the form from a deep link', () =>
  expect(parseRoute('#/raw/host:22')).toEqual({ view: 'connect', protocol: 'raw', target: 'host:22' }));
it('names a target of the configuration', () => expect(parseRoute('#/t/pg-main')).toEqual({ view: 'connect', target: 'pg-main' }));
it('reads what deepLink wrote', () =>
  expect(parseRoute(deepLink('raw', '[fd00::1]:6379'))).toEqual({ view: 'connect', protocol: 'raw', target: '[fd00::1]:6379' }));
it.each(['', '#', '#/', '#/nonsense/x', '#/%E0%A4%A', '#/t'])('shows the form for "%s"', (hash) =>
  expect(parseRoute(hash)).toEqual({ view: 'connect' }));
