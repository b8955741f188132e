// SFTP, and much text through a terminal.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openShell } from './ssh.mjs';

const MEBIBYTE = 1 << 20;
const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** Writes down every state of the progress bar of `name`, as shares of the whole, until `stopped` is asked for them. */
async function watchProgress(page, name) {
  await page.evaluate((label) => {
    const panel = document.querySelector('main > :not([hidden]) sftp-panel');
    const seen = [];
    const look = () => {
      const bar = panel.querySelector(`progress[aria-label="${label}"]`);
      if (bar && bar.position !== seen.at(-1)) seen.push(bar.position);
    };
    const watch = new MutationObserver(look);
    watch.observe(panel, { subtree: true, childList: true, attributes: true, attributeFilter: ['value'] });
    globalThis.progress = () => {
      watch.disconnect();
      return { seen, left: panel.querySelectorAll('progress').length };
    };
  }, `Progress of ${name}`);
  return { stopped: () => page.evaluate(() => globalThis.progress()) };
}

/** That a bar was shown, moved forward through the middle, and is gone. */
function assertMoved({ seen, left }, what) {
  const between = seen.filter((share) => share > 0 && share < 1);
  assert.ok(between.length >= 3, `${what}: the bar showed ${seen}`);
  assert.deepEqual(seen, seen.toSorted((a, b) => a - b), `${what}: the bar went back`);
  assert.equal(left, 0, `${what}: the bar is still there`);
}

export const steps = {
  async 'files of 50 MB go up and come down unchanged'(console, tools) {
    const { dir, home, shot, note, accessible } = tools;
    await openShell(console, tools);
    const content = randomBytes(50 * MEBIBYTE);
    const file = join(dir, 'fifty.bin');
    writeFileSync(file, content);
    await console.page.getByRole('button', { name: 'Files', exact: true }).click();
    const panel = console.page.locator('main > :not([hidden]) sftp-panel');
    await panel.locator('td').first().waitFor();
    const up = await watchProgress(console.page, 'fifty.bin');
    await panel.locator('input[type=file]').setInputFiles(file);
    const from = performance.now();
    await console.untilText('.transfer', /fifty\.bin\s+done/, 60_000);
    note(`up in ${((performance.now() - from) / 1000).toFixed(1)} s`);
    assertMoved(await up.stopped(), 'up');
    assert.equal(sha256(readFileSync(join(home, 'fifty.bin'))), sha256(content));
    const down = await watchProgress(console.page, 'fifty.bin');
    const download = console.page.waitForEvent('download', { timeout: 60_000 });
    await panel.getByRole('button', { name: 'fifty.bin' }).click();
    const back = join(dir, 'back.bin');
    const downFrom = performance.now();
    await (await download).saveAs(back);
    await console.untilText('.transfer', /▼ fifty\.bin\s+done/);
    assertMoved(await down.stopped(), 'down');
    note(`down in ${((performance.now() - downFrom) / 1000).toFixed(1)} s`);
    assert.equal(sha256(readFileSync(back)), sha256(content));
    await shot('ssh-files');
    await accessible('the files');
    await console.page.getByRole('button', { name: 'Files', exact: true }).click();
  },

  async '200 MB through the terminal: the memory is bounded'(console, { note }) {
    await console.page.locator('main > :not([hidden]) terminal-pane .screen').click();
    await console.type("clear; yes 0123456789012345678901234567890123456789 | head -c 200000000 > big; echo; echo 'it ''is there'");
    await console.untilScreen(/it is there/);
    const before = await console.heap();
    const from = performance.now();
    await console.type("clear; cat big; echo; echo 'all ''there'");
    await console.untilScreen(/all there/, 240_000);
    note(`200 MB shown in ${((performance.now() - from) / 1000).toFixed(1)} s`);
    const after = await console.heap();
    note(`heap ${(before / 1e6).toFixed(0)} MB before, ${(after / 1e6).toFixed(0)} MB after`);
    assert.ok(after - before < 60e6, `the heap grew by ${after - before}`);
  },
};
