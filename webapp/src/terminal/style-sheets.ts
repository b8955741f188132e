/**
 * Lets `create` make style elements under a content security policy that allows none: what is
 * written into them becomes a constructed style sheet of the page. (xterm.js writes its theme and
 * its sizes so; it makes the elements once, in `open`.)
 */
export function withStyleSheets(page: Document, create: () => void): void {
  const original = page.createElement;
  page.createElement = function (this: Document, name: string, options?: ElementCreationOptions) {
    if (name.toLowerCase() !== 'style') return original.call(page, name, options);
    // even an empty style element is a violation: another that shows nothing stands in for it
    return redirected(page, original.call(page, 'template'));
  } as typeof page.createElement;
  try {
    create();
  } finally {
    page.createElement = original;
  }
}

function redirected(page: Document, element: HTMLElement): HTMLElement {
  const sheet = new CSSStyleSheet();
  page.adoptedStyleSheets.push(sheet);
  Object.defineProperty(element, 'textContent', {
    get: () => '',
    set: (css: string) => sheet.replaceSync(css),
  });
  element.remove = () => {
    page.adoptedStyleSheets = page.adoptedStyleSheets.filter((other) => other !== sheet);
    Element.prototype.remove.call(element);
  };
  return element;
}

let styled = false;

/**
 * Lets cells have colours of their own, such as 24-bit ones and the selection's. xterm.js writes
 * them as style attributes, which the policy forbids; the same text is allowed as a style's own.
 */
export function allowStyledCells(): void {
  if (styled) return;
  styled = true;
  const { setAttribute } = HTMLSpanElement.prototype;
  HTMLSpanElement.prototype.setAttribute = function (name: string, value: string) {
    if (name === 'style') this.style.cssText = value;
    else setAttribute.call(this, name, value);
  };
}
