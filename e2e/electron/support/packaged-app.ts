/** Makes the packaged app, puts it where a user could have it, and looks at the processes it runs. */
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { projectRoot } from './runtime.ts';

/** An app that was packed and then moved away. */
export interface PackagedApp {
  /** The folder a user would have; its name has a space and a letter beyond ASCII. */
  readonly folder: string;
  readonly executable: string;
  readonly resources: string;
  /** A home folder of its own, empty at first. */
  readonly home: string;
  readonly remove: () => void;
}

/**
 * Runs `npm run package` for the app as a folder, and moves the result.
 *
 * @param electron the program whose folder goes into the app
 * @throws {Error} with the end of the output when the packaging fails
 */
export async function packApp(electron: string): Promise<PackagedApp> {
  const place = realpathSync(mkdtempSync(join(tmpdir(), 'orion-packaged-')));
  const remove = () => rmSync(place, { recursive: true, force: true, maxRetries: 3 });
  try {
    const made = join(place, 'made');
    const distribution = join(electron, process.platform === 'darwin' ? '../../../..' : '..');
    await run(['build/packaging/main.ts', '--inspectable', '--output', made], distribution);
    const [name] = readdirSync(made);
    if (name === undefined) throw new Error(`The packaging left nothing in ${made}.`);
    const folder = join(place, 'Meine Läden');
    renameSync(join(made, name), folder);
    const home = join(place, 'home');
    mkdirSync(home);
    return { folder, ...partsOf(folder), home, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The environment of somebody who has never heard of the repository: nothing of npm, Node or this project. */
export function userEnvironment(home: string): Record<string, string> {
  const passedOn = Object.entries(process.env).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(npm_|node|orion_|electron_|xdg_|path$|home$)/i.test(entry[0]),
  );
  const path = process.platform === 'win32' ? (process.env['PATH'] ?? '') : '/usr/local/bin:/usr/bin:/bin';
  const folders = { HOME: home, APPDATA: join(home, 'roaming'), LOCALAPPDATA: join(home, 'local') };
  return { ...Object.fromEntries(passedOn), PATH: path, ...folders };
}

/** One process that runs a program of the app's folder. */
export interface AppProcess {
  readonly pid: number;
  /** The program's path. */
  readonly program: string;
  /** Working folder, mapped and open files, as far as the system tells. */
  readonly files: readonly string[];
}

/** The processes that run something of the folder. Linux alone tells; elsewhere the list is empty. */
export function processesOf(folder: string): AppProcess[] {
  if (!existsSync('/proc/self/exe')) return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const program = linkTarget(`/proc/${name}/exe`);
      if (!program?.startsWith(folder + sep)) return [];
      return [{ pid: Number(name), program, files: filesOf(name) }];
    });
}

function filesOf(pid: string): string[] {
  const mapped = attempt(() => readFileSync(`/proc/${pid}/maps`, 'utf8')) ?? '';
  const opened = attempt(() => readdirSync(`/proc/${pid}/fd`)) ?? [];
  const paths = [
    linkTarget(`/proc/${pid}/cwd`),
    ...mapped.split('\n').map((line) => line.slice(line.indexOf('/'))),
    ...opened.map((name) => linkTarget(`/proc/${pid}/fd/${name}`)),
  ];
  return [...new Set(paths.filter((path): path is string => path?.startsWith('/') === true))];
}

function linkTarget(path: string): string | undefined {
  return attempt(() => readlinkSync(path));
}

/** A process may end while it is looked at. */
function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

function partsOf(folder: string): { executable: string; resources: string } {
  if (process.platform === 'darwin') {
    const contents = join(folder, 'Orion Studio.app/Contents');
    return { executable: join(contents, 'MacOS/Orion Studio'), resources: join(contents, 'Resources') };
  }
  const name = process.platform === 'win32' ? 'Orion Studio.exe' : 'orion-studio';
  return { executable: join(folder, name), resources: join(folder, 'resources') };
}

function run(args: readonly string[], distribution: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [...args], {
      cwd: projectRoot,
      env: { ...process.env, ELECTRON_OVERRIDE_DIST_PATH: distribution },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    }
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The packaging failed:\n${output.slice(-4000)}`));
    });
  });
}
