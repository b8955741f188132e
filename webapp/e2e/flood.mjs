// Keys and clicks in the middle of a flood: from the hand to the picture, as the page sees it.
import assert from 'node:assert/strict';
import { serve, until } from './sockets.mjs';
import { openShell } from './ssh.mjs';

const TRIES = 10;
/** Milliseconds that half of the tries may take on whatever machine: far above the 200 promised, far below a queue. */
const MOST = 2000;

/** Strikes Ctrl-C once `command` floods the terminal; milliseconds until the prompt is there. */
async function interrupted(console, command) {
  await console.type(`clear; ${command}`);
  await console.page.waitForFunction(() => {
    const pane = document.querySelector('main > :not([hidden]) terminal-pane');
    return pane.flooded && !/^\$ /m.test(pane.text);
  });
  await console.page.waitForTimeout(500); // all buffers on the way fill: those of systems and servers, which nobody here sees
  await console.page.evaluate(() => {
    const pane = document.querySelector('main > :not([hidden]) terminal-pane');
    globalThis.answered = new Promise((answered) => {
      const strike = (event) => {
        if (event.key !== 'c') return;
        removeEventListener('keydown', strike, true);
        const from = event.timeStamp;
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

/** Says what a command's interrupts took, and judges it. */
async function tries(console, command, protocol, note) {
  const took = [];
  for (let i = 0; i < TRIES; i++) took.push(Math.round(await interrupted(console, command)));
  judge(`${protocol}, Ctrl-C in the middle of ${command}`, took, note);
}

function judge(what, took, note) {
  took.sort((a, b) => a - b);
  const median = took[took.length >> 1];
  note(`${what}: median ${median} ms of ${took.join(', ')}`);
  assert.ok(median <= MOST, `${what}: ${took}`);
}

/** A source that floods until it is told anything. */
async function flooding() {
  const self = { sent: 0 };
  const chunk = Buffer.alloc(65536, 'flood ');
  const server = await serve((socket) => {
    let told = false;
    const more = () => {
      do self.sent += chunk.length;
      while (!told && !socket.destroyed && socket.write(chunk));
    };
    socket.on('drain', () => told || more());
    socket.on('data', () => {
      told = true;
      socket.write('\r\nstopped\r\n');
    });
    more();
  });
  return Object.assign(self, server);
}

/** Milliseconds from a click on the button to the picture in which the head says `shown`. */
async function clicked(console, name, shown) {
  await console.page.evaluate((shown) => {
    const head = document.querySelector('main > :not([hidden]) .session-head');
    globalThis.answered = new Promise((answered) => {
      const clicked = ({ timeStamp }) => {
        const look = () => (head.textContent.includes(shown) ? requestAnimationFrame(() => setTimeout(() => answered(performance.now() - timeStamp))) : setTimeout(look, 1));
        look();
      };
      addEventListener('click', clicked, { capture: true, once: true });
    });
  }, shown);
  await console.page.locator('main > :not([hidden])').getByRole('button', { name, exact: true }).click();
  return Math.round(await console.page.evaluate(() => globalThis.answered));
}

async function openFlood(console, source) {
  const view = await console.connect('raw', `127.0.0.1:${source.port}`);
  await console.untilText('.log .down', 'flood');
  await flows(source);
  return view;
}

/** Until the source can send no more. */
async function settled(source) {
  for (let before = -1; before !== source.sent; await new Promise((later) => setTimeout(later, 300))) before = source.sent;
}

/** Until so much has come that all buffers on the way are full. */
function flows(source) {
  const { sent } = source;
  return until(() => source.sent > sent + (16 << 20));
}

export const steps = {
  async 'SSH answers Ctrl-C within 200 ms in the middle of `yes` and of a gigabyte in lines'(console, tools) {
    await openShell(console, tools);
    for (const command of ['yes', "tr '\\0' 'x' < /dev/zero | head -c 1000000000 | fold -w 70"]) await tries(console, command, 'SSH', tools.note);
  },

  async 'so does Telnet, which drops what an interrupt made worthless'(console, { telnet, note }) {
    await console.connect('telnet', `127.0.0.1:${telnet}`);
    await console.untilScreen(/[$#] $/m);
    await console.type("PS1='$ '; clear");
    await console.untilScreen(/^\$ $/m);
    await tries(console, 'yes', 'Telnet', note);
  },

  async 'a raw flood stands still at a click, and goes on at another'(console, { note }) {
    const source = await flooding();
    const view = await openFlood(console, source);
    const log = () => view.locator('.log').textContent();
    const paused = [];
    for (let i = 0; i < TRIES; i++) {
      paused.push(await clicked(console, 'Pause', 'Go on'));
      await clicked(console, 'Go on', 'Pause');
      await flows(source);
    }
    judge('raw TCP, Pause in the middle of a flood', paused, note);
    await clicked(console, 'Pause', 'Go on');
    const shown = await log();
    await settled(source);
    assert.equal(await log(), shown, 'what is paused goes on');
    await clicked(console, 'Go on', 'Pause');
    await flows(source);
    assert.notEqual(await log(), shown);
    await view.locator('.line').fill('stop');
    const from = performance.now();
    await console.page.keyboard.press('Enter');
    await console.untilText('.log .down', 'stopped');
    note(`raw TCP, an answer behind all that was on the way: ${(performance.now() - from).toFixed(0)} ms`);
    source.close();
  },

  async 'a raw flood ends at a click'(console, { note }) {
    const source = await flooding();
    const view = await openFlood(console, source);
    const ended = [];
    for (let i = 0; i < TRIES; i++) {
      ended.push(await clicked(console, 'Disconnect', 'clos')); // that it is closing, or already closed
      await console.untilText('.session-head .notice', 'You closed it');
      await view.getByRole('button', { name: 'Reconnect' }).click();
      await flows(source);
    }
    judge('raw TCP, Disconnect in the middle of a flood', ended, note);
    source.close();
  },
};
