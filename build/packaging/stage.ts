/** Puts together what the packaged app carries beside its window: the server with its packages, and the pinned Node. */
import { constants, existsSync, readFileSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readlink, symlink, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, sep } from 'node:path';
import { isNeededFile } from './package-files.ts';
import { type Lock, productionPackages } from './production-packages.ts';

export interface StageSources {
  /** The repository's root, with node_modules, renderer/dist and electron/dist. */
  readonly root: string;
  /** The pinned Node's binary. */
  readonly nodeBinary: string;
}

const shellEntry = 'main.js';

/** Folders of the server, as the server finds them from its own place. */
const serverFolders = ['server', 'migrations', 'templates', 'fixtures/stores', 'renderer/dist'];

/** Tests and their helpers stay at home. */
const isTestFile = (path: string): boolean => /\.test\.tsx?$/.test(path) || path.startsWith('server/testing/');

/** What a bundler leaves for developers, and the stamp that says from which sources a folder was built. */
const isBuildNote = (path: string): boolean => path.endsWith('.map') || path === '.built-from';

/** Types are gone when code runs, and Node itself is a file of its own in the app. */
const isLeftOut = (name: string): boolean => name === 'node' || name.startsWith('@types/');

/** What the app's package.json keeps of the project's. */
interface ProjectPackage {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
}

/**
 * Writes server, migrations, templates, fixtures, the built console and the packages they need into the folder.
 *
 * @throws {Error} that says what is missing
 */
export async function stageServer(target: string, { root }: StageSources): Promise<void> {
  for (const folder of serverFolders) {
    const source = join(root, folder);
    if (!existsSync(source)) throw new Error(`${folder} is not there, and the app cannot do without it.`);
    await copyFolder(source, join(target, folder), (path) => !isTestFile(`${folder}/${path}`) && !isBuildNote(path));
  }
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const isInstalled = (folder: string): boolean => existsSync(join(root, folder, 'package.json'));
  const system = `${process.platform}-${process.arch}`;
  for (const folder of productionPackages(lock, { isInstalled, isLeftOut })) {
    const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
    // Packages inside this one are on the list themselves, when they are needed.
    const isWanted = (path: string): boolean => !path.startsWith('node_modules/') && isNeededFile(name, path, system);
    await copyFolder(join(root, folder), join(target, folder), isWanted);
  }
  await copyFile(join(root, 'LICENSE'), join(target, 'LICENSE'));
  await writePackage(target, root, {});
}

/** Writes the Node that the project pins into the folder, with its licence. */
export async function stageNode(target: string, { nodeBinary }: StageSources): Promise<void> {
  await mkdir(target, { recursive: true });
  const binary = join(target, basename(nodeBinary));
  await copyFile(nodeBinary, binary, constants.COPYFILE_FICLONE);
  await chmod(binary, 0o755);
  await copyFile(join(import.meta.dirname, 'node-license.txt'), join(target, 'LICENSE'));
}

/**
 * Writes the window's bundled code into the folder, as an app without dependencies.
 *
 * @throws {Error} when the bundle is not there
 */
export async function stageShell(target: string, { root }: StageSources): Promise<void> {
  const bundle = join(root, 'electron/dist');
  if (!existsSync(join(bundle, shellEntry))) throw new Error('electron/dist is not there: the window was not built.');
  await copyFolder(bundle, target, (path) => !isBuildNote(path));
  await writePackage(target, root, {
    productName: 'Orion Studio',
    main: shellEntry,
    // By this name a Linux desktop knows that the window belongs to the entry of its menu.
    desktopName: 'orion-studio.desktop',
    // Debian's packages must name an address, and this is where the app answers.
    homepage: 'http://localhost:8000/',
  });
}

/** The packaged parts are ECMAScript modules as in the repository; `version` is what the console shows. */
async function writePackage(target: string, root: string, more: Readonly<Record<string, string>>): Promise<void> {
  const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as ProjectPackage;
  const { name, version, description, license } = project;
  const content = {
    name,
    version,
    description,
    license,
    private: true,
    type: 'module',
    author: 'Orion Studio',
    ...more,
  };
  await writeFile(join(target, 'package.json'), `${JSON.stringify(content, null, 2)}\n`);
}

/** Copies the files below a folder that are wanted, and links between them; `path` is relative to it. */
async function copyFolder(source: string, target: string, isWanted: (path: string) => boolean): Promise<void> {
  const made = new Set<string>();
  for (const entry of await readdir(source, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name);
    const path = relative(source, file).split(sep).join('/');
    // Libraries of Postgres have a second name. Other links lead to folders, or out of the package.
    const isLink = entry.isSymbolicLink() && !/[\\/]/.test(await readlink(file));
    if (!(entry.isFile() || isLink) || !isWanted(path)) continue;
    const copy = join(target, path);
    const parent = dirname(copy);
    if (!made.has(parent)) await mkdir(parent, { recursive: true });
    made.add(parent);
    if (isLink) await symlink(await readlink(file), copy);
    else await copyFile(file, copy, constants.COPYFILE_FICLONE);
  }
}
