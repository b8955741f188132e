import { LitElement } from 'lit';

/** An element that renders into the page itself, so that the one style sheet holds everywhere. */
export abstract class View extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  /** The element with this class or name inside; it must have been rendered. */
  protected find<T extends HTMLElement = HTMLElement>(selector: string): T {
    const found = this.querySelector<T>(selector);
    if (!found) throw new Error(`${this.localName} has no ${selector}`);
    return found;
  }
}
