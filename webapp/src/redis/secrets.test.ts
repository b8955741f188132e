import { expect, it } from 'vitest';
import { splitArguments } from './arguments';
import { mayHoldSecret } from './secrets';

const judge = (line: string) => mayHoldSecret(splitArguments(line) as (string | Uint8Array)[]);

it.each([
  'AUTH x',
  '"AUTH" x',
  '  auth kim x',
  'HELLO 3 AUTH kim x',
  'HELLO 3 SETNAME "a\\nb" AUTH kim x',
  'ACL  SETUSER kim >x',
  'CONFIG SET requirepass x',
  'CONFIG SET maxmemory 1mb masterauth x',
  'SENTINEL SET mymaster auth-pass x',
  'MIGRATE host 6379 k 0 1000 AUTH x',
])('%s may hold a secret', (line) => expect(judge(line)).toBe(true));

it.each(['GET auth', 'HELLO 3', 'ACL WHOAMI', 'CONFIG SET maxmemory 1mb', 'CONFIG GET requirepass', 'SET k v'])('%s holds none', (line) =>
  expect(judge(line)).toBe(false));
