// Telnet against a real telnetd, and a hostile server.
import assert from 'node:assert/strict';
import { serve, until } from './sockets.mjs';

/** What a hostile banner may try (each on its own line of the list). */
const HOSTILE = [
  '\x1b[2147483647b', 'x\x1b[2147483647b', '\x1b[2147483647S', '\x1b[2147483647T', '\x1b[999999999L', '\x1b[999999999M', '\x1b[999999999P', '\x1b[999999999@', '\x1b[999999999X',
  '\x1b[999999999I', '\x1b[99999999Z', '\u009b2147483647b',
  '\x1b]52;c;aGFja2Vk\x07', '\x1b]52;c;?\x07',
  '\x1b]8;;javascript:document.title="hacked"\x07click\x1b]8;;\x07',
  '\x1b]0;<img src=x onerror=alert(1)>\u202e\x07',
  '<script>document.title="hacked"</script><img src=x onerror=document.title="hacked">',
  '\x1b[c', '\x1b[>c', '\x1b[=c', '\x1bZ', '\x1b[>q', '\x1b[?2004$p', '\x1bP$qm\x1b\\', '\x1b]4;1;?\x07', '\x1b]10;?\x07', '\x1b]11;?\x07', '\x1b[21t', '\x1b[18t', '\x1b[14t', '\x05',
  `e${'\u0301'.repeat(20_000)}`,
  `\x1b]0;${'x'.repeat(1_000_000)}\x07`, `\x1b[${'1;'.repeat(50_000)}m`, `\x1bP${'q'.repeat(100_000)}\x1b\\`,
];

export const steps = {
  async 'telnetd lets work: echo, window size, terminal type'(console, { telnet, shot }) {
    await console.connect('telnet', `127.0.0.1:${telnet}`);
    await console.untilScreen(/[$#] $/m);
    await console.type('clear; stty size; echo "type ""$TERM"');
    await console.untilScreen(/type xterm-256color/);
    const [, rows, columns] = /^(\d+) (\d+)$/m.exec(await console.screen());
    assert.ok(Number(rows) > 20 && Number(columns) > 80, `${rows} rows, ${columns} columns`);
    await console.page.setViewportSize({ width: 900, height: 600 });
    // the new size is on its way, beside what is typed: the shell is asked until it has it
    await console.type(`until [ "$(stty size)" != "${rows} ${columns}" ]; do sleep 0.1; done; clear; stty size; echo "now ""smaller"`);
    await console.untilScreen(/now smaller/);
    assert.ok(Number(/^\d+ (\d+)$/m.exec(await console.screen())[1]) < Number(columns));
    await console.page.setViewportSize({ width: 1280, height: 800 });
    await console.type('clear; echo ümläut');
    await console.untilScreen(/^ümläut/m);
    await shot('telnet');
    await console.type('exit');
    await console.untilText('.session-head .notice', 'closed the connection');
  },

  async 'where the server does not echo, lines are edited and echoed here'(console) {
    let received = '';
    const server = await serve((socket) => socket.on('data', (data) => (received += data.toString('latin1'))));
    const { page } = console;
    const view = await console.connect('telnet', `127.0.0.1:${server.port}`);
    await console.untilText(`${console.view('telnet-view')} .session-head`, 'connected');
    await view.getByText('lines', { exact: true }).waitFor();
    await page.keyboard.type('hellp');
    await page.keyboard.press('Backspace');
    await page.keyboard.type('o');
    await console.untilScreen(/^hello *$/m);
    assert.equal(received, '', 'nothing leaves before the line is whole');
    await page.keyboard.press('Enter');
    await until(() => received === 'hello\r\n', () => `the server got ${JSON.stringify(received)}`);
    server.close();
  },

  async 'Ctrl-C in a flood of lines asks for the mark where Telnet is spoken'(console) {
    for (const telnet of [true, false]) {
      let received = '';
      let flooding = true;
      const server = await serve((socket) => {
        const more = () => {
          while (flooding && !socket.destroyed && socket.write('y\r\n'.repeat(20_000)));
        };
        socket.on('drain', more);
        socket.on('data', (data) => {
          received += data.toString('latin1');
          if (!flooding || !received.includes('\xff\xf4')) return;
          flooding = false;
          if (received.includes('\xff\xfd\x06')) socket.write(Buffer.of(255, 251, 6)); // WILL TIMING-MARK
          socket.write('\x1b[2J\x1b[Hready> ');
        });
        if (telnet) socket.write(Buffer.of(255, 253, 24)); // DO TERMINAL-TYPE
        more();
      });
      const view = await console.connect('telnet', `127.0.0.1:${server.port}`);
      await console.page.waitForFunction(() => document.querySelector('main > :not([hidden]) terminal-pane')?.flooded);
      await console.page.keyboard.press('Control+c');
      await console.untilScreen(/^ready> $/m);
      assert.equal(received.replace('\xff\xfb\x18', ''), telnet ? '\xff\xfd\x06\xff\xf4' : '\xff\xf4');
      await view.getByRole('button', { name: 'Disconnect' }).click();
      server.close();
    }
  },

  async 'a hostile server neither freezes the tab nor gets more than status reports'(console) {
    let answered = '';
    const server = await serve((socket) => {
      socket.on('data', (data) => (answered += data.toString('latin1')));
      for (const line of HOSTILE) socket.write(`${line}\x1b[0m\r\n`);
      socket.write('\x1b[6n\x1b[2J\x1b[Hend of the list\r\n');
      socket.write(Buffer.of(255, 251, 1)); // WILL ECHO: answers go out unedited
      socket.write('\x1b[5nafter');
    });
    const dialogs = [];
    console.page.on('dialog', (dialog) => dialogs.push(dialog.message()));
    const from = performance.now();
    await console.connect('telnet', `127.0.0.1:${server.port}`);
    await console.untilScreen(/end of the list/);
    await console.untilScreen(/after/);
    assert.ok(performance.now() - from < 12_000, 'the tab froze');
    await until(() => answered.endsWith('\x1b[0n'), () => `the last answer is not there: ${JSON.stringify(answered)}`);
    assert.match(answered.replace(/\xff\xfd\x01/, ''), /^(\x1b\[\d+;\d+R|\x1b\[0n)*$/);
    assert.deepEqual(dialogs, []);
    assert.doesNotMatch(await console.page.title(), /hacked/);
    assert.equal(await console.page.locator('main img, main script').count(), 0);
    server.close();
  },
};
