/** Looks at a hosts file: what it holds, who may write it, and everything about it that a person should know. */
import { execFile } from 'node:child_process';
import { access, constants, lstat, readFile, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { HostsProblem, HostsState } from '../../contract/names.ts';
import { stampOf } from './hosts-bytes.ts';
import { encodingFault } from './lines.ts';

/** About a million lines. Reading more would keep the server from answering anybody for many seconds. */
const MAX_BYTES = 16 * 1024 * 1024;

export interface InspectedFile {
  readonly path: string;
  /** Where a link leads; else the same. */
  readonly realPath: string;
  /** Null where there is no file, or none that can be read. */
  readonly bytes: Buffer | null;
  /** As plans name it; see `stampOf`. */
  readonly stamp: string;
  readonly access: HostsState['access'];
  readonly problems: readonly HostsProblem[];
}

/**
 * Looks at a file. Never fails: what is wrong is a problem.
 * @param canElevate whether administrator rights may be asked for, as for the system's own file
 */
export async function inspectFile(path: string, canElevate: boolean): Promise<InspectedFile> {
  const problems: HostsProblem[] = [];
  const realPath = await realpath(path).catch(() => path);
  const blocked = (): InspectedFile => ({
    path,
    realPath,
    bytes: null,
    stamp: stampOf(null),
    access: 'blocked',
    problems,
  });
  if (realPath !== path && (await lstat(path).catch(() => null))?.isSymbolicLink())
    problems.push({
      code: 'symbolic_link',
      severity: 'note',
      message: `${path} is a symbolic link to ${realPath}. That file is written; the link stays.`,
      fix: null,
    });
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (info instanceof Error) {
    if (info.code === 'ENOENT') return missingFile(path, realPath, problems, canElevate);
    problems.push(unreadable(path, info));
    return blocked();
  }
  if (!info.isFile()) {
    const what = info.isDirectory() ? 'a folder' : 'not a plain file';
    problems.push({
      code: 'not_a_file',
      severity: 'failed',
      message: `${path} is ${what}. Names are looked up in a file.`,
      fix: `Move it away; a file is made in its place.`,
    });
    return blocked();
  }
  if (info.size > MAX_BYTES) {
    problems.push(tooLarge(path, info.size));
    return blocked();
  }
  const bytes = await readFile(path).catch((error: Error) => error);
  if (bytes instanceof Error) {
    problems.push(unreadable(path, bytes));
    return blocked();
  }
  const fault = encodingFault(bytes);
  if (fault !== null) {
    problems.push({
      code: 'encoding',
      severity: 'failed',
      message: `${path} ${fault}; the system reads it as plain text. It is not changed.`,
      fix: 'Save it as plain text (UTF-8 without a byte order mark) in an editor.',
    });
    return { ...blocked(), bytes, stamp: stampOf(bytes) };
  }
  problems.push(...(await attributeProblems(path)));
  const may = await accessOf(realPath, info, canElevate);
  problems.push(...may.problems);
  return { path, realPath, bytes, stamp: stampOf(bytes), access: may.access, problems };
}

async function missingFile(
  path: string,
  realPath: string,
  problems: HostsProblem[],
  canElevate: boolean,
): Promise<InspectedFile> {
  const folder = dirname(realPath);
  const isFolder = (await stat(folder).catch(() => null))?.isDirectory() === true;
  const canWrite = await mayWrite(folder);
  problems.push({
    code: 'missing',
    severity: isFolder ? 'warning' : 'failed',
    message: isFolder
      ? `There is no ${path}. It is made when names are written.`
      : `The folder ${folder} is not there.`,
    fix: isFolder ? null : 'Name a file in a folder that is there.',
  });
  const otherwise = isFolder && canElevate ? 'needs_rights' : 'blocked';
  const access = isFolder && canWrite === null ? 'writable' : otherwise;
  return { path, realPath, bytes: null, stamp: stampOf(null), access, problems };
}

function unreadable(path: string, error: NodeJS.ErrnoException): HostsProblem {
  return {
    code: 'unreadable',
    severity: 'failed',
    message: `${path} cannot be read (${error.code ?? error.message}). It is not changed unread.`,
    fix: process.platform === 'win32' ? `Give your user the right to read ${path}.` : `sudo chmod a+r ${path}`,
  };
}

function tooLarge(path: string, bytes: number): HostsProblem {
  const mebibytes = (size: number) => Math.round(size / 1024 / 1024);
  return {
    code: 'unreadable',
    severity: 'failed',
    message: `${path} has ${mebibytes(bytes)} MiB; files above ${mebibytes(MAX_BYTES)} MiB are not read. It is not changed unread.`,
    fix: 'Take out lines that nobody needs, or use the automatic proxy configuration.',
  };
}

/** Null when this user may; else the system's code. */
async function mayWrite(path: string): Promise<string | null> {
  return access(path, constants.W_OK).then(
    () => null,
    (error: NodeJS.ErrnoException) => error.code ?? 'unknown',
  );
}

async function accessOf(
  path: string,
  { mode, uid }: { readonly mode: number; readonly uid: number },
  canElevate: boolean,
): Promise<{ access: HostsState['access']; problems: HostsProblem[] }> {
  const refusal = await mayWrite(path);
  const isMarkedReadOnly = (mode & 0o222) === 0;
  if (refusal === null) return { access: 'writable', problems: isMarkedReadOnly ? [markedReadOnly(path, 'note')] : [] };
  if (refusal === 'EROFS')
    return {
      access: 'blocked',
      problems: [
        {
          code: 'read_only',
          severity: 'failed',
          message: `${path} is on a file system that is read-only.`,
          fix: 'Enter the names where the system is configured (on NixOS: networking.hosts), or use the automatic proxy configuration.',
        },
      ],
    };
  // The owner could lift it alone; who marked the file meant it.
  if (isMarkedReadOnly && (process.platform === 'win32' || uid === process.getuid?.()))
    return { access: 'blocked', problems: [markedReadOnly(path, 'failed')] };
  if (!canElevate)
    return {
      access: 'blocked',
      problems: [
        {
          code: 'needs_rights',
          severity: 'failed',
          message: `This user may not write ${path}. It is not the system's hosts file, so no administrator rights are asked for.`,
          fix: 'Give your user the right to write it, or name another file.',
        },
      ],
    };
  return {
    access: 'needs_rights',
    problems: [
      {
        code: 'needs_rights',
        severity: 'note',
        message: `This user may not write ${path}; a change asks for administrator rights, once for all names.`,
        fix: null,
      },
    ],
  };
}

function markedReadOnly(path: string, severity: HostsProblem['severity']): HostsProblem {
  return {
    code: 'read_only',
    severity,
    message: `${path} is marked as read-only.`,
    fix: process.platform === 'win32' ? `attrib -r "${path}"` : `chmod u+w ${path}`,
  };
}

/** Windows' marks: a hidden file is easily overlooked. */
async function attributeProblems(path: string): Promise<HostsProblem[]> {
  if (process.platform !== 'win32') return [];
  const output = await promisify(execFile)('attrib', [path], { timeout: 3000, windowsHide: true }).catch(() => null);
  return output ? hiddenProblem(output.stdout, path) : [];
}

/** Reads what `attrib` prints: letters, then the path. */
export function hiddenProblem(output: string, path: string): HostsProblem[] {
  const letters = output.slice(0, Math.max(0, output.toLowerCase().indexOf(path.toLowerCase())));
  if (!letters.includes('H')) return [];
  return [
    {
      code: 'hidden',
      severity: 'note',
      message: `${path} is hidden: editors and the Explorer do not list it.`,
      fix: `attrib -h "${path}"`,
    },
  ];
}
