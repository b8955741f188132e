const SECRETS = /^(auth|hello .*auth|acl setuser|config set .*(pass|auth)|sentinel .*(pass|auth)|migrate)/is;
const decoder = new TextDecoder();

/** Whether a command may hold a password: it is neither shown nor kept. */
export function mayHoldSecret(args: readonly (string | Uint8Array)[]): boolean {
  return SECRETS.test(args.map((arg) => (typeof arg === 'string' ? arg : decoder.decode(arg))).join(' '));
}
