// What the gateway says, and the flow.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { ConsolePage } from './browser.mjs';
import { deafPort, Forwarder, serve, until } from './sockets.mjs';

export const steps = {
  async 'a deep link fills the form and waits'(console, { accessible }) {
    await console.page.goto(`${console.base}#/ssh/somewhere:2222`);
    await console.page.waitForFunction(() => document.querySelector('#target')?.value === 'somewhere:2222');
    assert.equal(await console.page.locator('ssh-view').count(), 0);
    assert.equal(await console.page.inputValue('#protocol'), 'ssh');
    await accessible('the form');
    await console.page.goto(`${console.base}#/t/cache`);
    await console.page.reload();
    await console.page.waitForFunction(() => document.querySelector('#target')?.value === 'cache' && document.querySelector('#protocol').value === 'redis');
    assert.equal(await console.page.locator('redis-view').count(), 0);
  },

  async 'a named target is found by a word of it, and comes back as a recent one'(console) {
    await console.page.goto(`${console.base}#/`);
    const named = console.page.getByRole('region', { name: 'Named targets' }).getByRole('link');
    await console.page.fill('#target', '');
    await named.nth(1).waitFor();
    await console.page.fill('#target', 'cach');
    await named.nth(1).waitFor({ state: 'detached' });
    await named.first().click();
    await console.page.waitForFunction(() => document.querySelector('#target').value === 'cache');
    assert.equal(await console.page.inputValue('#protocol'), 'redis');
    assert.equal(await console.page.locator('redis-view').count(), 0, 'nothing connects by itself');
    await console.page.click('#connect');
    await console.untilText('main > :not([hidden]) .log', 'server redis');
    await console.page.goto(`${console.base}#/`);
    await console.page.getByRole('region', { name: 'Recent' }).getByRole('link', { name: 'cache' }).waitFor();
  },

  async 'a denied target and one that refuses are said in words'(console) {
    await console.connect('raw', '192.0.2.1:22');
    await console.untilText('.session-head .notice.bad', 'Denied');
    const gone = await serve(() => {});
    gone.close();
    await console.connect('raw', `127.0.0.1:${gone.port}`);
    await console.untilText(`${console.view('raw-view')} .notice.bad`, /refused the connection or cannot be reached/);
  },

  async 'raw bytes go both ways as text and hex'(console, { shot, accessible }) {
    const echo = await serve((socket) => socket.pipe(socket));
    const view = await console.connect('raw', `127.0.0.1:${echo.port}`);
    await console.untilText(`${console.view('raw-view')} .session-head`, 'connected');
    await view.locator('.line').fill('héllo \\x00\\xff');
    await console.page.keyboard.press('Enter');
    await console.untilText('.log .down', 'héllo');
    await view.getByRole('button', { name: 'Hex dump' }).click();
    await console.untilText('.log .down', '68 c3 a9 6c 6c 6f 20 00');
    await shot('raw');
    await accessible('raw TCP');
    await view.getByLabel('What is typed').selectOption('hex');
    await view.locator('.line').fill('01 ff');
    await console.page.keyboard.press('Enter');
    await console.untilText('.log .down', '01 ff');
    echo.close();
  },

  async 'what was sent and what was received is saved byte by byte'(console) {
    const file = randomBytes(1_000_003);
    const turned = (bytes) => Buffer.from(bytes.map((byte) => byte ^ 255));
    const server = await serve((socket) => socket.on('data', (data) => socket.write(turned(data))));
    const view = await console.connect('raw', `127.0.0.1:${server.port}`);
    await console.untilText(`${console.view('raw-view')} .session-head`, 'connected');
    await view.locator('.line').fill('héllo \\x00\\xff');
    await console.page.keyboard.press('Enter');
    await view.locator('input[type=file]').setInputFiles({ name: 'any.bin', mimeType: 'application/octet-stream', buffer: file });
    await console.page.waitForFunction(() => !document.querySelector('raw-view:not([hidden]) input[type=file]').value);
    await view.getByLabel('What is typed').selectOption('hex');
    await view.locator('.line').fill(Buffer.from('~the end').map((byte) => byte ^ 255).toString('hex'));
    await console.page.keyboard.press('Enter');
    await console.untilText('.log .down', '~the end');
    const sent = Buffer.concat([Buffer.from('héllo '), Buffer.of(0, 255, 13, 10), file, turned(Buffer.from('~the end'))]);
    assert.ok((await console.saved(view.getByRole('button', { name: 'Save sent' }))).equals(sent), 'what was sent');
    assert.ok((await console.saved(view.getByRole('button', { name: 'Save received' }))).equals(turned(sent)), 'what was received');
    server.close();
  },

  async 'a target that never answers is said in words'(console) {
    const deaf = await deafPort();
    await console.connect('raw', `127.0.0.1:${deaf.port}`);
    await console.untilText(`${console.view('raw-view')} .notice.bad`, /did not answer in time.*4504/);
    await deaf.close();
  },

  async 'tabs are chosen by keys and closed'(console) {
    const { page } = console;
    const echo = await serve((socket) => socket.pipe(socket));
    for (const protocol of ['raw', 'telnet']) await console.connect(protocol, `127.0.0.1:${echo.port}`);
    const tabs = page.locator('.tab.session');
    const count = await tabs.count();
    await page.keyboard.press('Alt+Digit0');
    await page.locator('connect-view h1').waitFor();
    await page.keyboard.press(`Alt+Digit${count}`);
    await page.locator(console.view('telnet-view')).waitFor();
    await page.keyboard.press(`Alt+Digit${count - 1}`);
    await page.locator(console.view('raw-view')).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    const inSight = (tab) => page.evaluate((i) => {
      const [strip, here] = [document.querySelector('nav.tabs'), document.querySelectorAll('.tab.session')[i]].map((part) => part.getBoundingClientRect());
      return here.left >= strip.left - 1 && here.right <= strip.right + 1;
    }, tab - 1);
    for (const tab of [1, count]) {
      await page.keyboard.press(`Alt+Digit${tab}`);
      await until(() => inSight(tab), () => `tab ${tab} is out of sight`);
      for (const name of ['Connect', 'Ping']) assert.ok((await page.getByRole('link', { name, exact: true }).boundingBox()).x < 390, name);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.keyboard.press(`Alt+Digit${count - 1}`);
    await page.getByRole('button', { name: `Close Raw TCP 127.0.0.1:${echo.port}` }).click();
    await page.locator(console.view('telnet-view')).waitFor();
    assert.equal(await tabs.count(), count - 1);
    echo.close();
  },

  async 'a dropped gateway is said, and a reconnect works once it is back'(console, { gatewayPort, browser }) {
    const forwarder = await Forwarder.to(gatewayPort);
    const echo = await serve((socket) => socket.pipe(socket));
    const other = await ConsolePage.open(browser, `http://127.0.0.1:${forwarder.port}/sluice/`);
    const view = await other.connect('raw', `127.0.0.1:${echo.port}`);
    await other.untilText('.session-head', 'connected');
    await forwarder.drop();
    await other.untilText('.session-head .notice.bad', 'lost');
    await view.getByRole('button', { name: 'Reconnect' }).click();
    await other.untilText('.session-head .notice.bad', 'The gateway cannot be reached');
    await forwarder.up();
    await view.getByRole('button', { name: 'Reconnect' }).click();
    await other.untilText('.session-head', 'connected');
    await view.locator('.line').fill('again');
    await other.page.keyboard.press('Enter');
    await other.untilText('.log .down', 'again');
    await other.close();
    await forwarder.drop();
    echo.close();
  },

  async 'pings side by side, with a banner'(console, { ssh, redis, shot, accessible }) {
    await console.page.goto(`${console.base}#/ping/127.0.0.1:${ssh}`);
    const input = console.page.locator('#ping-target');
    await console.page.locator('ping-view select').selectOption('500');
    for (const port of [ssh, redis]) {
      await input.fill(`127.0.0.1:${port}`);
      await input.press('Enter');
    }
    await console.page.getByRole('button', { name: 'SSH banner' }).first().click();
    await console.untilText('ping-view', 'SSH-2.0-OpenSSH');
    await console.page.waitForFunction(() => {
      const counts = [...document.querySelectorAll('.ping-figures')].map((figures) => Number(/samples\s*(\d+)/.exec(figures.textContent)?.[1]));
      return counts.length === 2 && counts.every((count) => count >= 6); // enough for the picture
    });
    assert.match(await console.page.locator('.ping-figures').first().textContent(), /\d\.\d\d ms/);
    const [one, other] = await Promise.all([0, 1].map((i) => console.page.locator('ping-view .probes > .card').nth(i).boundingBox()));
    assert.ok(one.y === other.y && one.x < other.x, 'they are not side by side');
    await shot('ping');
    await accessible('pings');
  },

  async 'the page works on a phone without scrolling sideways'(console, { shot, accessible }) {
    await console.page.setViewportSize({ width: 390, height: 844 });
    const shown = async (what) => {
      const [wide, seen] = await console.page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(wide <= seen, `${what}: ${wide} wide in ${seen}`);
    };
    const echo = await serve((socket) => socket.pipe(socket));
    for (const protocol of ['raw', 'telnet']) {
      const view = await console.connect(protocol, `127.0.0.1:${echo.port}`);
      await console.untilText(`${console.view(`${protocol}-view`)} .session-head`, 'connected');
      await shown(protocol);
      const box = await view.locator('.session-body').boundingBox();
      assert.ok(box.height > 300, `${protocol} has ${box.height} of 844 for its work`);
    }
    await shot('phone-telnet');
    await accessible('a terminal on a phone');
    await console.connect('ssh', '127.0.0.1:1');
    await shown('the form of SSH');
    await shot('phone-ssh');
    for (const route of ['#/ping', '#/']) {
      await console.page.goto(`${console.base}${route}`);
      await shown(route);
    }
    await shot('phone');
    await accessible('the form on a phone');
    echo.close();
  },
};
