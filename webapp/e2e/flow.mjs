// The product's promise in one picture.
import assert from 'node:assert/strict';
import { serve, until } from './sockets.mjs';

export const steps = {
  async 'a slow page shuts the gate, a fast one opens it'(console, { shot, accessible }) {
    let sent = 0;
    const chunk = Buffer.alloc(65536, 'abcdefghijklmnopqrstuvwxyz');
    const source = await serve((socket) => {
      const more = () => {
        while (!socket.destroyed && socket.write(chunk)) sent += chunk.length;
      };
      socket.on('drain', more);
      more();
    });
    const view = await console.connect('raw', `127.0.0.1:${source.port}`);
    await console.untilText(`${console.view('raw-view')} .session-head`, 'connected');
    await view.getByRole('button', { name: 'Flow' }).click();
    await console.untilText('.flow-strip', /the gateway took .* and holds .* of 1\.0 MiB/);
    await console.page.waitForTimeout(6000); // the picture's axis is time: so long of the full flow
    await view.locator('.pace input').fill('25');
    await console.untilText('.flow-strip .gate', 'gate shut');
    await console.page.waitForTimeout(6000); // and of the gate
    const before = sent;
    await shot('flow');
    await accessible('the flow');
    await console.page.emulateMedia({ colorScheme: 'dark' });
    await console.drawn();
    await shot('flow-dark');
    await console.page.emulateMedia({ colorScheme: 'light' });
    assert.ok(sent - before < 4 << 20, `the source sent ${sent - before} bytes more while the gate was shut`);
    await view.locator('.pace input').fill('100');
    const held = sent;
    await until(() => sent >= held + (8 << 20), () => `the source sent only ${sent - held} bytes once the page read again`);
    await view.getByRole('button', { name: 'Disconnect' }).click();
    await console.untilText('.session-head .notice', 'You closed it');
    source.close();
  },
};
