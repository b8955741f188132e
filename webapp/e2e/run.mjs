// The console in a real browser. Told by the environment variable CONSOLE_E2E, as JSON, where
// everything is; started by ConsoleIT. Writes a line per step, ends with 1 if one failed.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { accessible } from './accessibility.mjs';
import { steps as admin } from './admin.mjs';
import { ConsolePage, launch } from './browser.mjs';
import { steps as clipboard } from './clipboard.mjs';
import { steps as files } from './files.mjs';
import { steps as flood } from './flood.mjs';
import { steps as flow } from './flow.mjs';
import { steps as gateway } from './gateway.mjs';
import { steps as limits } from './limits.mjs';
import { steps as redis } from './redis.mjs';
import { steps as ssh } from './ssh.mjs';
import { steps as subPath } from './sub-path.mjs';
import { steps as telnet } from './telnet.mjs';

/** Groups that run beside each other, the longest first, each on a page of its own. */
const TOGETHER = { files, ssh, flow, gateway, redis, telnet, 'sub-path': subPath, admin, limits };
/** Groups that measure time, or share what the browser has once, one after another. */
const ALONE = { clipboard, flood };
const AT_ONCE = 3;
const setup = JSON.parse(process.env.CONSOLE_E2E ?? '{}');
/** Groups that are run by an administrator; the others by a guest. */
const BY_ADMIN = new Set(['admin', 'flow']);
const AS_ADMIN = { extraHTTPHeaders: { Authorization: setup.admin } };
const only = process.argv.slice(2);
const unknown = only.filter((group) => !(group in TOGETHER || group in ALONE));
if (unknown.length) throw new Error(`no group ${unknown.join(', ')}: there are ${Object.keys({ ...TOGETHER, ...ALONE }).join(', ')}`);
mkdirSync(setup.screenshots, { recursive: true });
const browser = await launch(setup.browser);
let failed = 0;

async function attempt(group, name, action, page) {
  const from = performance.now();
  const took = () => `${((performance.now() - from) / 1000).toFixed(1)} s`;
  try {
    await action();
    console.log(`ok     ${group}: ${name} (${took()})`);
    return true;
  } catch (failure) {
    failed++;
    console.log(`FAILED ${group}: ${name} (${took()})\n${failure.stack}`);
    await page?.screenshot({ path: join(setup.screenshots, `failed-${group}.png`) }).catch(() => {});
    return false;
  }
}

async function run([group, steps]) {
  const page = await ConsolePage.open(browser, setup.base, BY_ADMIN.has(group) ? AS_ADMIN : {});
  const tools = {
    ...setup,
    browser,
    guest: () => ConsolePage.open(browser, setup.base),
    note: (text) => console.log(`       ${group}: ${text}`),
    shot: (name) => page.page.screenshot({ path: join(setup.screenshots, `${name}.png`) }),
    accessible: (name) => accessible(page.page, name),
  };
  for (const [name, step] of Object.entries(steps)) {
    // later steps of a group go on where the failed one stopped: nothing to learn from them
    if (!(await attempt(group, name, () => step(page, tools), page.page))) break;
  }
  await attempt(group, 'no error, no request elsewhere, nothing against the content security policy', () => page.close());
}

const wanted = (groups) => Object.entries(groups).filter(([group]) => !only.length || only.includes(group));
const waiting = wanted(TOGETHER);
async function worker() {
  for (let next = waiting.shift(); next; next = waiting.shift()) await run(next);
}
await Promise.all(Array.from({ length: AT_ONCE }, worker));
for (const group of wanted(ALONE)) await run(group);
await browser.close();
process.exit(failed ? 1 : 0);
