import { html, nothing, type TemplateResult } from 'lit';

/** What went wrong, as a line that is also read out; nothing for the empty text. */
export function troubleLine(text: string): TemplateResult | typeof nothing {
  return text ? html`<p class="notice bad" role="alert">${text}</p>` : nothing;
}
