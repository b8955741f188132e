// A proxy of the test's own that mounts the gateway below a path, as many a site does.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { ConsolePage } from './browser.mjs';
import { listen, serve } from './sockets.mjs';

/** Serves what the gateway serves under /sluice/ below `prefix`, and nothing else: WebSockets too. */
export async function mount(gatewayPort, prefix) {
  const strays = [];
  const inside = (url) => (url.startsWith(prefix) ? `/sluice/${url.slice(prefix.length)}` : null);
  const server = http.createServer((request, response) => {
    const path = inside(request.url);
    if (path === null) {
      strays.push(request.url);
      return response.writeHead(404).end();
    }
    const { method, headers } = request;
    const onward = http.request({ host: '127.0.0.1', port: gatewayPort, path, method, headers }, (answer) => {
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  });
  server.on('upgrade', (request, client, head) => {
    const path = inside(request.url);
    const upstream = net.connect(gatewayPort, '127.0.0.1', () => {
      const { rawHeaders } = request;
      const lines = rawHeaders.flatMap((name, i) => (i % 2 ? [] : [`${name}: ${rawHeaders[i + 1]}`]));
      upstream.write(`${[`GET ${path} HTTP/1.1`, ...lines].join('\r\n')}\r\n\r\n`);
      upstream.write(head);
      client.pipe(upstream).pipe(client);
    });
    for (const [a, b] of [[client, upstream], [upstream, client]]) a.on('error', () => b.destroy()).on('close', () => b.destroy());
    if (path === null) strays.push(request.url);
  });
  const port = await listen(server);
  return { port, strays, close: () => server.close() };
}

export const steps = {
  async 'everything works below a path of a proxy'(_console, { gatewayPort, browser }) {
    const proxy = await mount(gatewayPort, '/tools/flow/');
    const echo = await serve((socket) => socket.pipe(socket));
    const page = await ConsolePage.open(browser, `http://127.0.0.1:${proxy.port}/tools/flow/`);
    const view = await page.connect('raw', `127.0.0.1:${echo.port}`);
    await page.untilText(`${page.view('raw-view')} .session-head`, 'connected');
    await view.locator('.line').fill('below a path');
    await page.page.keyboard.press('Enter');
    await page.untilText('.log .down', 'below a path');
    await view.getByRole('button', { name: 'Flow' }).click();
    await page.untilText('.flow-strip .gate', 'gate open');
    await page.page.goto(`${page.base}#/ping`);
    await page.page.locator('#ping-target').fill(`127.0.0.1:${echo.port}`);
    await page.page.locator('#ping-target').press('Enter');
    await page.untilText('ping-view', / ms/);
    await page.close();
    assert.deepEqual(proxy.strays, [], 'asked of what is not ours');
    proxy.close();
    echo.close();
  },
};
