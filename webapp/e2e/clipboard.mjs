// The clipboard, of which the browser has one for all pages: nothing else runs beside these.
import assert from 'node:assert/strict';
import { serve, until } from './sockets.mjs';

const WILL_ECHO = Buffer.of(255, 251, 1);
const DO_ECHO = '\xff\xfd\x01';

/** A Telnet server that echoes nothing, and keeps what it gets. */
async function listening() {
  const self = { got: '', say: () => {} };
  const server = await serve((socket) => {
    socket.on('data', (data) => (self.got += data.toString('utf8')));
    self.say = (text) => socket.write(text);
    socket.write(WILL_ECHO);
  });
  return Object.assign(self, server);
}

const read = (console) => console.page.evaluate(() => navigator.clipboard.readText());

export const steps = {
  async 'a selection is copied by key and button, and pasted as it is'(console) {
    const { page, context } = console;
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: new URL(console.base).origin });
    const server = await listening();
    const view = await console.connect('telnet', `127.0.0.1:${server.port}`);
    await until(() => server.got.length > 0); // the answer to WILL ECHO
    server.got = '';
    server.say('first of all: ümläut\r\nand the second line\r\n');
    await console.untilScreen(/second line/);
    const first = await console.cell(3, 0);
    await page.mouse.click(first.x, first.y, { clickCount: 3 });
    await page.keyboard.press('Control+Shift+C');
    await until(async () => (await read(console)) === 'first of all: ümläut');
    assert.equal(server.got, '', 'a key of the console went to the target');
    await page.keyboard.press('Control+Shift+V');
    await until(() => server.got === 'first of all: ümläut', () => `pasted ${JSON.stringify(server.got)}`);
    const second = await console.cell(3, 1);
    await page.mouse.click(second.x, second.y, { clickCount: 3 });
    await view.getByRole('button', { name: 'Copy' }).click();
    await until(async () => (await read(console)) === 'and the second line');
    server.close();
  },

  async 'what is pasted cannot pretend to be typed'(console) {
    const { page } = console;
    const server = await listening();
    await console.connect('telnet', `127.0.0.1:${server.port}`);
    await until(() => server.got.length > 0);
    server.got = '';
    server.say('\x1b[?2004h\x1b[6n'); // bracketed paste, and a question to know when it is on
    await until(() => /\x1b\[\d+;\d+R/.test(server.got));
    server.got = '';
    await page.evaluate(() => navigator.clipboard.writeText('one\ntwo\x1b[201~three'));
    await page.keyboard.press('Control+Shift+V');
    await until(() => server.got.endsWith('\x1b[201~'));
    assert.match(server.got, /^\x1b\[200~one\r(\0)?two[^\x1b]*three\x1b\[201~$/);
    server.close();
  },

  async 'a target neither reads the clipboard nor writes to it'(console) {
    const { page } = console;
    const server = await listening();
    await console.connect('telnet', `127.0.0.1:${server.port}`);
    await until(() => server.got.length > 0);
    await page.evaluate(() => navigator.clipboard.writeText('of the person'));
    server.got = '';
    for (const end of ['\x07', '\x1b\\', '\u009c']) {
      for (const start of ['\x1b]', '\u009d']) server.say(`${start}52;c;aGFja2Vk${end}${start}52;p;?${end}${start}52;c;?${end}`);
    }
    server.say('\x1b[5n');
    await until(() => server.got.includes('\x1b[0n'));
    assert.equal(server.got, '\x1b[0n');
    assert.equal(await read(console), 'of the person');
    server.close();
  },
};
