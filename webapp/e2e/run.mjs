// The console in a real browser. Told by the environment variable CONSOLE_E2E, as JSON, where
// everything is; started by ConsoleIT. Writes a line per step, ends with 1 if one failed.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { ConsolePage, launch } from './browser.mjs';
import { steps as flow } from './flow.mjs';
import { steps as gateway } from './gateway.mjs';
import { steps as redis } from './redis.mjs';
import { steps as ssh } from './ssh.mjs';
import { steps as telnet } from './telnet.mjs';

const GROUPS = { flow, gateway, telnet, redis, ssh };
const setup = JSON.parse(process.env.CONSOLE_E2E ?? '{}');
const only = process.argv.slice(2);
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

for (const [group, steps] of Object.entries(GROUPS)) {
  if (only.length && !only.includes(group)) continue;
  const page = await ConsolePage.open(browser, setup.base);
  const tools = {
    ...setup,
    browser,
    note: (text) => console.log(`       ${text}`),
    shot: (name) => page.page.screenshot({ path: join(setup.screenshots, `${name}.png`) }),
  };
  for (const [name, step] of Object.entries(steps)) {
    // later steps of a group go on where the failed one stopped: nothing to learn from them
    if (!(await attempt(group, name, () => step(page, tools), page.page))) break;
  }
  await attempt(group, 'no error, no request elsewhere, nothing against the content security policy', () => page.close());
}
await browser.close();
process.exit(failed ? 1 : 0);
