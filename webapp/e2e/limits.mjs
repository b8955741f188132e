// Limits, by a gateway of their own that has narrow ones.
import assert from 'node:assert/strict';
import { ConsolePage } from './browser.mjs';
import { serve, until } from './sockets.mjs';

const NOTICE = '.session-head .notice.bad';

async function notice(console) {
  const shown = console.page.locator(NOTICE).filter({ visible: true });
  await shown.waitFor();
  return shown.textContent();
}

/** Whether a tunnel would be let in now. */
async function hasRoom(base) {
  const headers = { 'Content-Type': 'application/json' };
  const answer = await fetch(`${base}api/tickets`, { method: 'POST', headers, body: '{"host":"127.0.0.1","port":1}' });
  return answer.status === 200;
}

export const steps = {
  async 'a limit is said in words, with when to try again'(_console, { narrow, browser }) {
    const console = await ConsolePage.open(browser, narrow);
    const echo = await serve((socket) => socket.pipe(socket));
    const source = await serve((socket) => socket.write(Buffer.alloc(1 << 20)));
    const first = await console.connect('raw', `127.0.0.1:${echo.port}`);
    await console.untilText(`${console.view('raw-view')} .session-head`, 'connected');
    const tab = console.page.url();
    await console.connect('raw', `127.0.0.1:${source.port}`);
    assert.equal(await notice(console), 'Too many requests. Try again in 10 s.', 'an address has one tunnel');

    const second = console.page.url();
    await console.page.goto(tab);
    await first.getByRole('button', { name: 'Disconnect' }).click();
    await until(() => hasRoom(narrow));
    await console.page.goto(second);
    const again = console.page.locator(console.view('raw-view')).getByRole('button', { name: 'Reconnect' });
    await again.click();
    await console.untilText(NOTICE, 'carried all the bytes that it may');
    assert.match(await notice(console), /a new one can be opened \(4429 rate_limited\)/);
    await console.close();
    echo.close();
    source.close();
  },
};
