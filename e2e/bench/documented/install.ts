import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { BASELINE_FOLDER } from './models.ts';

const PACKAGE = {
  private: true,
  description: 'What only the benchmarks compare with',
  dependencies: { sqlite3: '6.0.1' },
  allowScripts: { sqlite3: true },
};
const KEPT_OUTPUT = 400;

/** Installs `sqlite3` beside the benchmarks when it is not there; null when it works, else why it does not. */
export async function installBaseline(log: (text: string) => void): Promise<string | null> {
  if (loads() === null) return null;
  mkdirSync(BASELINE_FOLDER, { recursive: true });
  writeFileSync(join(BASELINE_FOLDER, 'package.json'), `${JSON.stringify(PACKAGE, null, 2)}\n`);
  log('Installing the sqlite3 package for the comparison (it may have to be compiled: a minute or two)');
  return (await npmInstall()) ?? loads();
}

function loads(): string | null {
  const file = join(BASELINE_FOLDER, 'package.json');
  if (!existsSync(file)) return 'sqlite3 is not installed';
  try {
    createRequire(file)('sqlite3');
    return null;
  } catch (error) {
    return `sqlite3 cannot be loaded: ${(error as Error).message.split('\n')[0]}`;
  }
}

function npmInstall(): Promise<string | null> {
  const args = ['install', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel', 'error'];
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  const child = spawn('npm', args, {
    cwd: BASELINE_FOLDER,
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    shell: process.platform === 'win32',
  });
  let output = '';
  child.stderr.on('data', (part: Buffer) => {
    output = (output + part.toString()).slice(-KEPT_OUTPUT);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(`npm cannot be run: ${error.message}`));
    child.once('exit', (code) => resolve(code === 0 ? null : `npm install failed: ${output.trim()}`));
  });
}
