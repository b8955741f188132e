// SSH in the page against OpenSSH.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Forwarder } from './sockets.mjs';

const MEBIBYTE = 1 << 20;
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

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

export const steps = {
  async 'a wrong password is refused in words, the right one lets in'(console, { ssh, user, password, hostFingerprints, shot }) {
    const view = await console.connect('ssh', `127.0.0.1:${ssh}`);
    await login(console, view, { user, password: 'wrong' });
    const shown = await view.locator('.fingerprint').textContent();
    assert.ok(hostFingerprints.includes(shown), `${shown} is a fingerprint of ${hostFingerprints}`);
    await shot('ssh-host-key');
    await trust(view);
    await console.untilText('.cover .notice.bad', `does not let ${user} in`);
    await view.locator('[name=password]').fill(password);
    await view.locator('form button.main').click();
    await console.untilScreen(/\$ $/m);
  },

  async 'the terminal has its size, also after a resize, and runs a full-screen program'(console, { shot }) {
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
    await console.page.keyboard.press('q');
    await console.untilScreen(/^\$ $/m); // what is typed before is lost: top empties its input as it ends
    await console.type('clear; echo back');
    await console.untilScreen(/^back/m);
  },

  async 'files of 50 MB go up and come down unchanged'(console, { dir, home, shot, note }) {
    const content = randomBytes(50 * MEBIBYTE);
    const file = join(dir, 'fifty.bin');
    writeFileSync(file, content);
    await console.page.getByRole('button', { name: 'Files', exact: true }).click();
    const panel = console.page.locator('main > :not([hidden]) sftp-panel');
    await panel.locator('td').first().waitFor();
    await panel.locator('input[type=file]').setInputFiles(file);
    const from = performance.now();
    await console.untilText('.transfer', /fifty\.bin\s+done/, 60_000);
    note(`up in ${((performance.now() - from) / 1000).toFixed(1)} s`);
    assert.equal(sha256(readFileSync(join(home, 'fifty.bin'))), sha256(content));
    const download = console.page.waitForEvent('download', { timeout: 60_000 });
    await panel.getByRole('button', { name: 'fifty.bin' }).click();
    const back = join(dir, 'back.bin');
    const downFrom = performance.now();
    await (await download).saveAs(back);
    note(`down in ${((performance.now() - downFrom) / 1000).toFixed(1)} s`);
    assert.equal(sha256(readFileSync(back)), sha256(content));
    await shot('ssh-files');
    await console.page.getByRole('button', { name: 'Files', exact: true }).click();
  },

  async '200 MB through the terminal: the memory is bounded and Ctrl-C is answered in the middle'(console, { note }) {
    await console.page.locator('main > :not([hidden]) terminal-pane .screen').click();
    const before = await console.heap();
    await console.type('clear; yes 0123456789012345678901234567890123456789 | head -c 200000000; echo; echo "all"" there"');
    await console.untilScreen(/0123456789/);
    const from = performance.now();
    await console.untilScreen(/all there/, 240_000);
    note(`200 MB shown in ${((performance.now() - from) / 1000).toFixed(1)} s`);
    const after = await console.heap();
    note(`heap ${(before / 1e6).toFixed(0)} MB before, ${(after / 1e6).toFixed(0)} MB after`);
    assert.ok(after - before < 60e6, `the heap grew by ${after - before}`);
    await console.type('clear; yes');
    await console.untilScreen(/^y\ny\ny$/m);
    const pressed = performance.now();
    await console.page.keyboard.press('Control+c');
    await console.untilScreen(/\^C/, 5000);
    await console.untilScreen(/\$ $/m, 5000);
    note(`Ctrl-C answered in ${(performance.now() - pressed).toFixed(0)} ms`);
  },

  async 'each kind of key lets in'(console, { ssh, user, keys, passphrase }) {
    for (const [kind, key] of Object.entries(keys)) {
      const view = await console.connect('ssh', `127.0.0.1:${ssh}`);
      await login(console, view, { user, key, passphrase: kind === 'encrypted' ? passphrase : '' });
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

  async 'a changed host key is refused loudly before anything is sent'(console, { ssh, otherSsh, user, password, shot }) {
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
    await view.getByRole('button', { name: 'Leave it' }).click();
    await console.untilText('.cover .notice.bad', 'Refused: the host key has changed');
    await forwarder.drop();
  },
};
