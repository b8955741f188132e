// What Maven runs: installs from the lock file where it changed, checks the types, runs the unit
// tests unless told `--skip-tests`, and builds to target/webapp.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

process.chdir(fileURLToPath(new URL('.', import.meta.url)));

function run(command, ...args) {
  const shell = process.platform === 'win32';
  const { status, error } = spawnSync(command, args, { stdio: 'inherit', shell });
  if (error || status !== 0) {
    console.error(`The console was not built: ${command} ${args.join(' ')} ${error?.message ?? `ended with ${status}`}`);
    process.exit(1);
  }
}

function tool(path, ...args) {
  run(process.execPath, `node_modules/${path}`, ...args);
}

const STAMP = 'node_modules/.installed';
const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== lock) {
  run('npm', 'ci', '--prefer-offline');
  writeFileSync(STAMP, lock);
}
tool('typescript/bin/tsc', '--noEmit');
if (!process.argv.includes('--skip-tests')) {
  tool('vitest/vitest.mjs', 'run', '--reporter=dot');
}
tool('vite/bin/vite.js', 'build', '--logLevel', 'warn');
