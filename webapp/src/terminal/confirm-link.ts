/** Shows an address that a target gave, in full, and opens it only when the person says so. */
export function confirmLink(address: string): void {
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    return;
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return;
  const dialog = document.createElement('dialog');
  const element = <K extends keyof HTMLElementTagNameMap>(name: K, text: string, className = '') =>
    Object.assign(document.createElement(name), { textContent: text, className });
  const row = element('div', '', 'row');
  const open = element('button', 'Open in a new tab', 'main');
  const cancel = element('button', 'Do not open');
  row.append(open, cancel);
  const stack = element('div', '', 'stack');
  stack.append(element('h2', `Open a link to ${url.host}?`), element('p', 'The target sent it, not the gateway.', 'soft'), element('code', url.href, 'notice'), row);
  dialog.append(stack);
  dialog.addEventListener('close', () => dialog.remove());
  cancel.addEventListener('click', () => dialog.close());
  open.addEventListener('click', () => {
    window.open(url.href, '_blank', 'noopener,noreferrer');
    dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  cancel.focus();
}
