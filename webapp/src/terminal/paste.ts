/**
 * What of the clipboard may go to a target as if it was typed: text with its line ends and tabs. A
 * page may have put an escape there that ends a bracketed paste, so that the rest runs at once.
 */
export function pastedText(clipboard: string): string {
  return clipboard.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, '');
}
