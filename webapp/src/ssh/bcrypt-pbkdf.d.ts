declare module 'bcrypt-pbkdf' {
  /** Fills `key`; returns zero unless an argument is impossible. */
  export function pbkdf(password: Uint8Array, passwordLength: number, salt: Uint8Array, saltLength: number, key: Uint8Array, keyLength: number, rounds: number): number;
}
