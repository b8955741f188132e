import { html, type TemplateResult } from 'lit';
import { View } from '../app/view';
import './audit-card';
import './explain-card';
import './limits-card';
import './sessions-card';

/** For the role sluice-admin: the tunnels of the node, its limits and its record, and why a target would be allowed. */
class AdminView extends View {
  protected override render(): TemplateResult {
    return html`<div class="inner wide"><h1>Admin</h1>
      <sessions-card></sessions-card><explain-card></explain-card><limits-card></limits-card><audit-card></audit-card></div>`;
  }
}

customElements.define('admin-view', AdminView);
