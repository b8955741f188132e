// What an administrator sees and does.
import assert from 'node:assert/strict';
import { serve } from './sockets.mjs';

const ROW = 'sessions-card tbody tr';

/** A source of about 1.3 MB/s. */
function steadySource() {
  return serve((socket) => {
    const timer = setInterval(() => socket.write(Buffer.alloc(65536, 'x')), 50);
    socket.on('close', () => clearInterval(timer));
  });
}

export const steps = {
  async 'tunnels are listed live, sorted, filtered, throttled, paused and ended'(console, { shot, accessible }) {
    const source = await steadySource();
    const echo = await serve((socket) => socket.pipe(socket));
    const { page } = console;
    await console.connect('raw', `127.0.0.1:${source.port}`);
    await console.untilText(`${console.view('raw-view')} .session-head`, 'connected');
    const view = await console.connect('raw', `127.0.0.1:${echo.port}`);
    await console.untilText(`${console.view('raw-view')} .session-head`, 'connected');
    const tab = page.url();
    await page.goto(`${console.base}#/admin`);
    const row = (port) => page.locator(ROW).filter({ hasText: `127.0.0.1:${port}` });
    await row(source.port).waitFor();
    for (const order of ['ascending', 'descending']) {
      await page.getByRole('button', { name: 'rate ▼' }).click();
      await page.locator(`th[aria-sort=${order}]`).waitFor();
    }
    await page.waitForFunction(([row, port]) => document.querySelector(row)?.textContent.includes(`:${port}`), [ROW, source.port]);
    await row(source.port).locator('td', { hasText: /MiB\/s/ }).first().waitFor();
    await shot('admin');
    await accessible('the tunnels of an administrator');
    await page.getByLabel('Filter the tunnels').fill(`:${echo.port}`);
    await row(source.port).waitFor({ state: 'detached' });
    await page.getByLabel('Filter the tunnels').fill(`:${source.port}`);
    await row(source.port).locator('select').selectOption({ label: '64.0 KiB/s' });
    await page.waitForFunction((row) => /^\d+\.\d KiB\/s$/.test(document.querySelector(row)?.children[5].textContent), ROW);

    await page.getByLabel('Filter the tunnels').fill(`:${echo.port}`);
    await row(echo.port).getByRole('button', { name: 'Pause' }).click();
    await row(echo.port).locator('td', { hasText: 'paused' }).waitFor();
    await page.goto(tab);
    await console.untilText('.flow-strip', 'paused by an administrator');
    await view.locator('.line').fill('held back');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(500); // what must not come
    assert.equal(await view.locator('.log .down').count(), 0);
    await page.goto(`${console.base}#/admin`);
    await row(echo.port).getByRole('button', { name: 'Go on' }).click();
    await row(echo.port).getByRole('button', { name: 'Pause' }).waitFor();
    page.once('dialog', (dialog) => void dialog.accept());
    await page.goto(tab);
    await console.untilText('.log .down', 'held back');
    await page.goto(`${console.base}#/admin`);
    await row(echo.port).getByRole('button', { name: 'End' }).click();
    await row(echo.port).waitFor({ state: 'detached' });
    await page.goto(tab);
    await console.untilText('.session-head .notice.bad', 'Ended');
    source.close();
    echo.close();
  },

  async 'a target is explained, limits and record are shown'(console, { shot, accessible }) {
    const { page } = console;
    await page.goto(`${console.base}#/admin`);
    await page.locator('#explain').fill('127.0.0.1:22');
    await page.getByRole('button', { name: 'Explain' }).click();
    await console.untilText('explain-card', 'would be opened');
    await page.locator('#explain').fill('192.0.2.1:22');
    await page.locator('#explain-roles').fill('ops');
    await page.getByRole('button', { name: 'Explain' }).click();
    await console.untilText('explain-card', /192\.0\.2\.1:22 would be refused for\s+ops/);
    await console.untilText('explain-card', 'does not match');
    await console.untilText('limits-card', /\d+ tunnels open/);
    await console.untilText('limits-card tbody', 'per-address');
    await console.untilText('audit-card tbody', 'throttle 65536 B/s');
    await console.untilText('audit-card tbody', 'decision');
    await page.locator('audit-card').scrollIntoViewIfNeeded();
    await shot('admin-record');
    await accessible('what is explained to an administrator');
  },

  async 'who is no administrator sees no such view'(_console, { guest }) {
    const other = await guest();
    await other.page.goto(`${other.base}#/`);
    await other.page.locator('connect-view h1').waitFor();
    assert.equal(await other.page.getByRole('link', { name: 'Admin' }).count(), 0);
    await other.close();
  },
};
