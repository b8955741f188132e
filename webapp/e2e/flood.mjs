// Ctrl-C in the middle of a flood: from the key to the prompt, as the page sees it.
import assert from 'node:assert/strict';
import { serve } from './sockets.mjs';
import { openShell } from './ssh.mjs';

const TRIES = 7;
/** Milliseconds: the promise, held by the median of the tries. */
const PROMISED = 200;

/** Strikes Ctrl-C once `command` floods the terminal; milliseconds until the prompt is there. */
async function interrupted(console, command) {
  await console.type(`clear; ${command}`);
  await console.page.waitForFunction(() => document.querySelector('main > :not([hidden]) terminal-pane').flooded);
  await console.page.waitForTimeout(500); // all buffers on the way are full
  await console.page.evaluate(() => {
    const pane = document.querySelector('main > :not([hidden]) terminal-pane');
    globalThis.answered = new Promise((answered) => {
      const strike = (event) => {
        if (event.key !== 'c') return;
        removeEventListener('keydown', strike, true);
        const from = performance.now();
        const look = () => (/^\$ $/m.test(pane.text) ? answered(performance.now() - from) : setTimeout(look, 1));
        look();
      };
      addEventListener('keydown', strike, true);
    });
  });
  await console.page.keyboard.press('Control+c');
  await console.untilScreen(/^\$ $/m);
  return console.page.evaluate(() => globalThis.answered);
}

async function tries(console, command, note) {
  const took = [];
  for (let i = 0; i < TRIES; i++) took.push(Math.round(await interrupted(console, command)));
  took.sort((a, b) => a - b);
  note(`Ctrl-C in "${command}" answered in ${took.join(', ')} ms`);
  return took[TRIES >> 1];
}

export const steps = {
  async 'SSH answers Ctrl-C within 200 ms in the middle of `yes` and of a gigabyte in lines'(console, tools) {
    await openShell(console, tools);
    for (const command of ['yes', "tr '\\0' 'x' < /dev/zero | head -c 1000000000 | fold -w 70"]) {
      const median = await tries(console, command, tools.note);
      assert.ok(median <= PROMISED, `${command}: ${median} ms`);
    }
  },

  async 'Telnet drops what an interrupt made worthless'(console, { telnet, note }) {
    await console.connect('telnet', `127.0.0.1:${telnet}`);
    await console.untilScreen(/[$#] $/m);
    await console.type("PS1='$ '; clear");
    await console.untilScreen(/^\$ $/m);
    await tries(console, 'yes', note);
  },

  async 'what is typed into a raw flood is answered in the middle of it'(console, { note }) {
    const source = await serve((socket) => {
      const chunk = Buffer.alloc(65536, 'flood ');
      let flooding = true;
      const more = () => {
        while (flooding && !socket.destroyed && socket.write(chunk));
      };
      socket.on('drain', more);
      socket.on('data', () => {
        flooding = false;
        socket.write('\r\nstopped\r\n');
      });
      more();
    });
    const view = await console.connect('raw', `127.0.0.1:${source.port}`);
    await console.untilText('.log .down', 'flood');
    await console.page.waitForTimeout(2000);
    await view.locator('.line').fill('stop');
    const from = performance.now();
    await console.page.keyboard.press('Enter');
    await console.untilText('.log .down', 'stopped');
    note(`a raw flood stopped in ${(performance.now() - from).toFixed(0)} ms`);
    source.close();
  },
};
