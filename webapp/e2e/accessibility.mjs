// What a tool finds against the rules of accessibility: contrast, names, roles.
import assert from 'node:assert/strict';
import axe from 'axe-core';

const GRAVE = ['serious', 'critical'];

/** No grave violation in what `page` shows, light and dark. A target's own colours are its own. */
export async function accessible(page, name) {
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme });
    await page.evaluate(axe.source);
    const { violations, passes } = await page.evaluate(() =>
      globalThis.axe.run({ exclude: ['.xterm-rows'] }, { resultTypes: ['violations'] }),
    );
    assert.ok(passes.some(({ id }) => id === 'color-contrast'), 'the contrast was looked at');
    const grave = violations.filter(({ impact }) => GRAVE.includes(impact));
    const told = grave.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`));
    assert.deepEqual(told, [], `${name}, ${colorScheme}`);
  }
  await page.emulateMedia({ colorScheme: 'light' });
}
