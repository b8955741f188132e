/** Targets that were opened lately, kept in this browser. Nothing secret is in them. */
import { isProtocol, type Protocol } from '../app/route';

export interface Recent {
  readonly protocol: Protocol;
  readonly target: string;
}

const KEY = 'sluice.recent';
const MOST = 12;

export function recents(): Recent[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    if (!Array.isArray(stored)) return [];
    return stored.filter((entry) => isProtocol(entry?.protocol) && typeof entry?.target === 'string').slice(0, MOST);
  } catch {
    return [];
  }
}

/** Puts `recent` first. */
export function remember(recent: Recent): void {
  const others = recents().filter(({ protocol, target }) => protocol !== recent.protocol || target !== recent.target);
  try {
    localStorage.setItem(KEY, JSON.stringify([recent, ...others].slice(0, MOST)));
  } catch {
    // a browser that keeps nothing: the list is a comfort only
  }
}

export function forget(): void {
  localStorage.removeItem(KEY);
}
