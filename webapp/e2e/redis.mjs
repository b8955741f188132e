// The Redis console against redis-server.
import assert from 'node:assert/strict';
import net from 'node:net';

function publish(port, channel, message) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.end(`PUBLISH ${channel} ${message}\r\nQUIT\r\n`));
    socket.on('close', resolve).on('error', reject).resume();
  });
}

const LOG = 'main > :not([hidden]) .log';

export const steps = {
  async 'commands, replies of every kind, completion'(console, { redis }) {
    await console.connect('redis', `127.0.0.1:${redis}`);
    await console.untilText(LOG, 'server redis');
    await console.page.locator('.line').focus();
    for (const [line, wanted] of [
      ['SET k "a \\xff\\n"', 'OK'],
      ['GET k', '"a \\xff\\n"'],
      ['GET missing', '(nil)'],
      ['RPUSH l one two', '(integer) 2'],
      ['EVAL "return {1, {2, {3}}}" 0', '1) (integer) 2'],
      ['HSET h f v', '(integer) 1'],
      ['HGETALL h', '1# "f" => "v"'],
      ['GET l', 'WRONGTYPE'],
      ['SELECT 1', 'OK'],
    ]) {
      await console.type(line);
      await console.untilText(LOG, wanted);
    }
    await console.untilText('.session-head', 'db 1');
    await console.type('SELECT 0');
    await console.page.keyboard.type('geto');
    await console.page.keyboard.press('Backspace');
    await console.untilText('.hints', 'GET key');
    await console.page.keyboard.press('Control+a');
    await console.page.keyboard.type('zrangeby');
    await console.page.keyboard.press('Tab');
    await console.untilText('.hints', /ZRANGEBYLEX key min max \[LIMIT offset count\]/);
    assert.equal(await console.page.inputValue('.line'), 'ZRANGEBYLEX ');
    await console.page.keyboard.press('Control+a');
    await console.page.keyboard.press('Delete');
    await console.page.keyboard.press('ArrowUp');
    assert.equal(await console.page.inputValue('.line'), 'SELECT 0');
    await console.page.keyboard.press('Control+a');
    await console.page.keyboard.press('Delete');
  },

  async 'a user of the ACL logs in, and no secret is kept'(console) {
    const line = console.page.locator(`${console.view('redis-view')} .line`);
    await line.focus();
    await console.type('ACL SETUSER kim on >open-sesame ~* &* +@all');
    await console.type('AUTH kim open-sesame');
    await console.type('ACL WHOAMI');
    await console.untilText(LOG, '"kim"');
    assert.doesNotMatch(await console.page.locator(LOG).textContent(), /open-sesame/);
    for (let i = 0; i < 4; i++) {
      await console.page.keyboard.press('ArrowUp');
      assert.doesNotMatch(await line.inputValue(), /open-sesame/);
    }
    await console.page.keyboard.press('Control+a');
    await console.page.keyboard.press('Delete');
  },

  async 'publish and subscribe live'(console, { redis, shot, accessible }) {
    await console.type('SUBSCRIBE news');
    await console.untilText(LOG, '"subscribe"');
    await publish(redis, 'news', 'hello');
    await console.untilText(LOG, '"message"  "news"  "hello"');
    await console.page.getByRole('button', { name: 'Keys' }).click();
    await console.untilText('keys-panel tr:has-text("h")', /hash\s*∞\s*\d+ B/);
    await shot('redis');
    await accessible('Redis');
  },

  async 'MONITOR shows what others do'(console, { redis }) {
    await console.connect('redis', `127.0.0.1:${redis}`);
    await console.untilText(LOG, 'server redis');
    await console.page.locator(`${console.view('redis-view')} .line`).focus();
    await console.type('MONITOR');
    await console.untilText(LOG, 'OK');
    await publish(redis, 'other', 'seen');
    await console.untilText(LOG, '"PUBLISH" "other" "seen"');
  },

  async 'a server without RESP3 is spoken to in RESP2: commands, databases, messages, MONITOR'(console, { resp2 }) {
    const view = () => console.page.locator(console.view('redis-view'));
    const open = async () => {
      await console.connect('redis', `127.0.0.1:${resp2}`);
      await console.untilText(LOG, 'RESP2');
      await view().locator('.line').focus();
    };
    await open();
    for (const [line, wanted] of [
      ['HELLO 3', 'unknown command'],
      ['SET k v EX 1000', 'OK'],
      ['GET k', '"v"'],
      ['GET missing', '(nil)'],
      ['LRANGE missing 0 9', '(empty array)'],
      ['HSET h f v', '(integer) 1'],
      ['HGETALL h', '2) "v"'],
      ['SELECT 1', 'OK'],
      ['GET k', '(nil)'],
    ]) {
      const { length } = await view().locator('.log').textContent();
      await console.type(line);
      await console.page.waitForFunction(
        ([log, from, wanted]) => document.querySelector(log).textContent.slice(from).includes(wanted),
        [LOG, length, wanted],
      );
    }
    await console.untilText('.session-head', 'db 1');
    await console.type('SELECT 0');
    await console.untilText('.session-head', 'db 0');
    await view().getByRole('button', { name: 'Keys' }).click();
    await console.untilText('keys-panel tr:has-text("k")', /string\s*16 min \d\d s\s*\d+ B/);
    await console.type('SUBSCRIBE news');
    await console.untilText(LOG, '"subscribe"  "news"  (integer) 1');
    await publish(resp2, 'news', 'hello');
    await console.untilText(LOG, '"message"  "news"  "hello"');
    await console.type('UNSUBSCRIBE news');
    await console.untilText(LOG, '"unsubscribe"  "news"  (integer) 0');
    await console.type('PING');
    await console.untilText(LOG, 'PONG');
    await open();
    await console.type('MONITOR');
    await console.untilText(LOG, 'OK');
    await publish(resp2, 'other', 'seen');
    await console.untilText(LOG, '"PUBLISH" "other" "seen"');
  },
};
