// SSH in the page against OpenSSH.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Forwarder } from './sockets.mjs';

/** Fills the form and logs in; trusts a host that is new. */
export async function login(console, view, { user, password, key, passphrase, interactive }) {
  await view.locator('[name=user]').fill(user);
  if (key) {
    await view.locator('[name=method]').selectOption('key');
    await view.locator('[name=keyfile]').setInputFiles(key);
    await console.page.waitForFunction(() => document.querySelector('main > :not([hidden]) [name=key]').value.length > 100);
    if (passphrase) await view.locator('[name=passphrase]').fill(passphrase);
  } else if (interactive) await view.locator('[name=method]').selectOption('interactive');
  else await view.locator('[name=password]').fill(password);
  await view.locator('form button.main').click();
}

async function trust(view) {
  await view.getByRole('button', { name: 'Trust it' }).click();
}

/** A shell with a short prompt, by password, on a host that this page does not know yet. */
export async function openShell(console, { ssh, user, password }) {
  const view = await console.connect('ssh', `127.0.0.1:${ssh}`);
  await login(console, view, { user, password });
  await trust(view);
  await console.untilScreen(/\$ $/m);
  await console.type("PS1='$ '; clear");
  await console.untilScreen(/^\$ $/m);
  return view;
}

export const steps = {
  async 'a wrong password is refused in words, the right one lets in'(console, { ssh, user, password, hostFingerprints, shot, accessible }) {
    const view = await console.connect('ssh', `127.0.0.1:${ssh}`);
    await accessible('the form of SSH');
    await login(console, view, { user, password: 'wrong' });
    const shown = await view.locator('.fingerprint').textContent();
    assert.ok(hostFingerprints.includes(shown), `${shown} is a fingerprint of ${hostFingerprints}`);
    await shot('ssh-host-key');
    await accessible('the question for a host key');
    await trust(view);
    await console.untilText('.cover .notice.bad', `does not let ${user} in`);
    await view.locator('[name=password]').fill(password);
    await view.locator('form button.main').click();
    await console.untilScreen(/\$ $/m);
  },

  async 'the terminal has its size, also after a resize, and runs a full-screen program'(console, { shot, accessible }) {
    await console.type("PS1='$ '; clear; stty size");
    await console.untilScreen(/^\d+ \d+$/m);
    const [, before] = /^(\d+ \d+)$/m.exec(await console.screen());
    await console.page.setViewportSize({ width: 900, height: 600 });
    // the new size is on its way, beside what is typed: the shell is asked until it has it
    await console.type(`until [ "$(stty size)" != "${before}" ]; do sleep 0.1; done; clear; stty size; echo done`);
    await console.untilScreen(/^done/m);
    assert.notEqual(/^(\d+ \d+)$/m.exec(await console.screen())[1], before);
    await console.page.setViewportSize({ width: 1280, height: 800 });
    await console.type('top');
    await console.untilScreen(/load average/);
    await shot('ssh-top');
    await accessible('a terminal');
    await console.page.keyboard.press('q');
    await console.untilScreen(/^\$ $/m); // what is typed before is lost: top empties its input as it ends
    await console.type('clear; echo back');
    await console.untilScreen(/^back/m);
  },

  async 'the scrollback is searched, the text made larger, and a link asks before it opens'(console) {
    const { page } = console;
    const pane = page.locator('main > :not([hidden]) terminal-pane');
    await console.type('clear; echo "needle ""in the hay"; seq 1000');
    await console.untilScreen(/^1000$/m);
    await page.keyboard.press('Control+Shift+F');
    await pane.getByLabel('Search the scrollback').fill('needle in');
    await page.keyboard.press('Enter');
    await console.untilScreen(/^needle in the hay/m);
    await pane.evaluate((element) => {
      if (![...element.querySelectorAll('.xterm-rows span')].some(({ style }) => style.backgroundColor)) throw new Error('what was found is not marked');
    });
    await page.keyboard.press('Escape');
    await console.type("clear; printf '\\033[38;2;10;200;30mgre''en\\n'");
    await console.untilScreen(/^green/m);
    const green = await pane.evaluate((element) => getComputedStyle([...element.querySelectorAll('.xterm-rows span')].find((span) => span.textContent.startsWith('green'))).color);
    assert.equal(green, 'rgb(10, 200, 30)');
    const columns = () => pane.evaluate((element) => element.columns);
    const before = await columns();
    await page.keyboard.press('Control+=');
    assert.ok((await columns()) < before, 'larger text has fewer columns');
    await page.keyboard.press('Control+0');
    assert.equal(await columns(), before);
    for (const [command, address] of [
      ['echo "https://""link.invalid/?q=1"', 'https://link.invalid/?q=1'],
      [String.raw`printf '\033]8;;https://osc.invalid/x\033\\a link\n\033]8;;\033\\'`, 'https://osc.invalid/x'],
    ]) {
      await console.type(`clear; ${command}`);
      await console.untilScreen(/^(https:\/\/link|a link)/m);
      const { x, y } = await console.cell(2, 0);
      await console.pointAtLink(x, y);
      await page.mouse.click(x, y);
      await page.getByRole('dialog').getByText(address).waitFor();
      await page.getByRole('button', { name: 'Do not open' }).click();
      await pane.locator('.screen').click();
    }
  },

  async 'vim opens, follows a resize, edits and saves'(console, { home, shot }) {
    const { keyboard } = console.page;
    await console.type("clear; printf 'first\\nsecond\\n' > notes.txt; vim -u NONE --cmd 'set nocp ruler showmode' notes.txt");
    await console.untilScreen(/^second *$/m);
    await console.untilScreen(/^~ *$/m);
    const tildes = async () => (await console.screen()).match(/^~ *$/gm).length;
    const before = await tildes();
    await console.page.setViewportSize({ width: 1000, height: 600 });
    await console.page.waitForFunction((most) => document.querySelector('main > :not([hidden]) terminal-pane').text.match(/^~ *$/gm)?.length < most, before);
    await keyboard.press('G');
    await keyboard.press('o');
    await console.untilScreen(/-- INSERT --/);
    await keyboard.insertText('third, ümläut');
    await keyboard.press('Escape');
    await console.untilScreen(/^third, ümläut *$/m);
    await shot('ssh-vim');
    await console.page.setViewportSize({ width: 1280, height: 800 });
    await console.page.waitForFunction((least) => document.querySelector('main > :not([hidden]) terminal-pane').text.match(/^~ *$/gm)?.length === least - 1, before);
    await console.type(':wq');
    await console.untilScreen(/^\$ $/m);
    assert.equal(readFileSync(join(home, 'notes.txt'), 'utf8'), 'first\nsecond\nthird, ümläut\n');
  },

  async 'each kind of key lets in'(console, { ssh, user, keys, passphrase }) {
    for (const [kind, key] of Object.entries(keys)) {
      const view = await console.connect('ssh', `127.0.0.1:${ssh}`);
      await login(console, view, { user, key, passphrase: kind === 'encrypted' ? passphrase : '' });
      await console.untilScreen(/\$ $/m);
      await view.getByRole('button', { name: 'Disconnect' }).click();
    }
  },

  async 'a host is known by each kind of key it has'(console, { ssh, user, password, hostFingerprints }) {
    const types = ['ssh-ed25519', 'ecdsa-sha2-nistp256', 'ssh-rsa'];
    for (const [i, type] of types.entries()) {
      const key = { type, fingerprint: hostFingerprints[i] };
      await console.page.evaluate(([host, trusted]) => localStorage.setItem('sluice.hosts', JSON.stringify({ [host]: trusted })), [`127.0.0.1:${ssh}`, key]);
      const view = await console.connect('ssh', `127.0.0.1:${ssh}`);
      await login(console, view, { user, password });
      await console.untilScreen(/\$ $/m);
      await view.getByRole('button', { name: 'Disconnect' }).click();
    }
  },

  async 'the server asks its own questions'(console, { ssh, user, password }) {
    const view = await console.connect('ssh', `127.0.0.1:${ssh}`);
    await login(console, view, { user, interactive: true });
    await view.locator('.cover input[type=password]').fill(password);
    await view.getByRole('button', { name: 'Answer' }).click();
    await console.untilScreen(/\$ $/m);
  },

  async 'a changed host key is refused loudly before anything is sent'(console, { ssh, otherSsh, user, password, shot, accessible }) {
    const forwarder = await Forwarder.to(ssh);
    const view = await console.connect('ssh', `127.0.0.1:${forwarder.port}`);
    await login(console, view, { user, password });
    await trust(view);
    await console.untilScreen(/\$ $/m);
    await view.getByRole('button', { name: 'Disconnect' }).click();
    forwarder.target = otherSsh;
    await view.getByRole('button', { name: 'Reconnect' }).click();
    await console.untilText('.danger-card', 'the host key has changed');
    await shot('ssh-changed-key');
    await accessible('a changed host key');
    await view.getByRole('button', { name: 'Leave it' }).click();
    await console.untilText('.cover .notice.bad', 'Refused: the host key has changed');
    await forwarder.drop();
  },
};
