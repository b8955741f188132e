// A headless Chromium, and what every part of the test does with a page.
import assert from 'node:assert/strict';
import { chromium } from 'playwright-core';

/** Milliseconds, far above what anything takes; reached only by what never comes. */
const WAIT = 60_000;

/** A browser with a profile of its own that is gone afterwards. */
export function launch(executablePath) {
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--enable-precise-memory-info',
    ],
  });
}

/** A page that remembers what went wrong in it. */
export class ConsolePage {
  static async open(browser, base, options = {}) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, acceptDownloads: true, ...options });
    const page = await context.newPage();
    page.setDefaultTimeout(WAIT);
    const self = new ConsolePage(page, context, base);
    page.on('pageerror', (error) => self.errors.push(error.message));
    page.on('console', (message) => {
      // an answer that is no success is written by the browser itself
      if (message.type() === 'error' && !/Failed to load resource|WebSocket connection to/.test(message.text())) self.errors.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(new URL(base).origin) && !request.url().startsWith('blob:')) self.errors.push(`a request to ${request.url()}`);
    });
    return self;
  }

  constructor(page, context, base) {
    Object.assign(this, { page, context, base, errors: [] });
  }

  /** Follows a deep link, and connects by the form. */
  async connect(protocol, target) {
    await this.page.goto(`${this.base}#/`);
    await this.page.goto(`${this.base}#/${protocol}/${encodeURIComponent(target)}`);
    await this.page.waitForFunction((text) => document.querySelector('#target')?.value === text, target);
    await this.page.click('#connect');
    await this.page.waitForSelector(this.view(`${protocol}-view`));
    return this.page.locator(this.view(`${protocol}-view`));
  }

  view(tag) {
    return `${tag}:not([hidden])`;
  }

  /** The rows of the terminal that is shown. */
  screen() {
    return this.page.evaluate(() => document.querySelector('main > :not([hidden]) terminal-pane').text);
  }

  async untilScreen(wanted, timeout = WAIT) {
    try {
      await this.page.waitForFunction(
        ([source, flags]) => new RegExp(source, flags).test(document.querySelector('main > :not([hidden]) terminal-pane')?.text ?? ''),
        [wanted.source, wanted.flags],
        { timeout, polling: 20 },
      );
    } catch {
      assert.fail(`the terminal never showed ${wanted}; it shows:\n${await this.screen()}`);
    }
  }

  /** Moves the pointer there until a link is found: one is looked for when it moves, and a screen that is drawn meanwhile forgets it. */
  async pointAtLink(x, y) {
    const found = this.page.locator('main > :not([hidden]) terminal-pane').locator('.xterm-cursor-pointer');
    const latest = Date.now() + WAIT;
    while (!(await found.isVisible())) {
      if (Date.now() > latest) throw new Error('no link was found under the pointer');
      await this.page.mouse.move(x - 5, y);
      await this.page.mouse.move(x, y);
      await this.page.waitForTimeout(200);
    }
  }

  async untilText(selector, wanted, timeout = WAIT) {
    const locator = this.page.locator(selector).filter({ hasText: wanted, visible: true }).first();
    try {
      await locator.waitFor({ timeout });
    } catch {
      assert.fail(`${selector} never said ${wanted}; it says: ${await this.page.locator(selector).allTextContents()}`);
    }
  }

  /** Where on the page a cell of the terminal is. */
  cell(column, row) {
    return this.page.evaluate(([column, row]) => {
      const pane = document.querySelector('main > :not([hidden]) terminal-pane');
      const { x, y, width, height } = pane.querySelector('.xterm-screen').getBoundingClientRect();
      return { x: x + (width * (column + 0.5)) / pane.columns, y: y + (height * (row + 0.5)) / pane.rows };
    }, [column, row]);
  }

  /** What the browser saves once `button` is pressed. */
  async saved(button) {
    const download = this.page.waitForEvent('download');
    await button.click();
    const chunks = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(chunk);
    return Buffer.concat(chunks);
  }

  type(text) {
    return this.page.keyboard.insertText(text).then(() => this.page.keyboard.press('Enter'));
  }

  /** Until what changed is in the picture. */
  drawn() {
    return this.page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  }

  /** Bytes that the page holds, buffers too, after what is unused was let go. */
  async heap() {
    const session = await this.context.newCDPSession(this.page);
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
    await session.detach();
    return usedSize + backingStorageSize;
  }

  async close() {
    await this.context.close();
    assert.deepEqual(this.errors, [], 'errors of the page');
  }
}
