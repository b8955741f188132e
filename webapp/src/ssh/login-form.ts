import { html, type TemplateResult } from 'lit';
import { troubleLine } from '../app/trouble';
import type { Credentials } from './client';
import { PassphraseNeeded } from './openssh-key';
import { readPrivateKey } from './private-key';

export type Method = Credentials['kind'];

/** What the person typed to log in. Kept in this tab's memory only, for a reconnect. */
export class Login {
  user = '';
  method: Method = 'password';
  password = '';
  keyText = '';
  passphrase = '';

  /** @throws Error in words for the person */
  async credentials(): Promise<Credentials> {
    if (this.method === 'password') return { kind: 'password', password: this.password };
    if (this.method === 'interactive') return { kind: 'interactive' };
    if (!this.keyText.trim()) throw new Error('Choose a private key file, or paste one.');
    try {
      return { kind: 'key', key: await readPrivateKey(this.keyText, this.passphrase) };
    } catch (failure) {
      if (failure instanceof PassphraseNeeded) throw failure;
      throw new Error(`The key cannot be read: ${(failure as Error).message}`);
    }
  }

  forget(): void {
    this.password = this.keyText = this.passphrase = '';
  }
}

const value = (event: Event) => (event.target as HTMLInputElement).value;

/** The form over the terminal; `changed` draws it anew. */
export function loginForm(login: Login, trouble: string, changed: () => void, submit: () => void): TemplateResult {
  const set = (apply: () => void) => {
    apply();
    changed();
  };
  const readFile = async (event: Event) => {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (!file || file.size > 65536) return;
    login.keyText = await file.text();
    changed();
  };
  const send = (event: Event) => {
    event.preventDefault();
    submit();
  };
  return html`<form class="card stack login" @submit=${send} autocomplete="off">
    <h2>Log in</h2>
    <label><span>User</span><input name="user" required .value=${login.user} autocapitalize="off" spellcheck="false" @input=${(event: Event) => (login.user = value(event))}></label>
    <label><span>With</span><select name="method" @change=${(event: Event) => set(() => (login.method = value(event) as Method))}>
      <option value="password" ?selected=${login.method === 'password'}>Password</option>
      <option value="key" ?selected=${login.method === 'key'}>Private key</option>
      <option value="interactive" ?selected=${login.method === 'interactive'}>Keyboard-interactive (what the server asks)</option></select></label>
    ${login.method === 'password' ? html`<label><span>Password</span><input name="password" type="password" .value=${login.password} @input=${(event: Event) => (login.password = value(event))}></label>` : ''}
    ${login.method === 'key' ? html`
      <label><span>Private key file</span><input name="keyfile" type="file" @change=${(event: Event) => void readFile(event)}></label>
      <label><span>or its text</span><textarea name="key" rows="3" class="mono" spellcheck="false" .value=${login.keyText} @input=${(event: Event) => (login.keyText = value(event))}></textarea></label>
      <label><span>Passphrase, if it is encrypted</span><input name="passphrase" type="password" .value=${login.passphrase} @input=${(event: Event) => (login.passphrase = value(event))}></label>` : ''}
    ${troubleLine(trouble)}
    <button class="main">Log in</button>
    <p class="soft small">What you type here goes to the SSH server only, encrypted; the gateway carries what it cannot read.</p>
  </form>`;
}
