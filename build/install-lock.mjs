/** One installation at a time, also when two programs start at the same moment and when one of them is killed. */
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot, readText, say } from './project.mjs';

/** Outside node_modules, because `npm ci` empties that folder. */
const lockDir = join(projectRoot, '.orion-install.lock');

/**
 * Takes the installation lock, waiting for another process that installs.
 *
 * The lock is a folder (making one is atomic) with the owner's process ids in a file. When all of those have died,
 * exactly one of the waiting processes manages to make the successor folder inside it and becomes the owner.
 */
export async function acquireLock(run) {
  let told = false;
  while (!run.signal) {
    if (makeDir(lockDir)) return claimLock([process.pid], run);
    const owner = readText(join(lockDir, 'owner'));
    if (isAbandoned(owner) && succeed(owner)) return claimLock([process.pid], run);
    if (!told && owner) {
      say(`Waiting for another installation (process ${owner.split(' ')[0]}; if it is none, delete ${lockDir}) ...`);
      told = true;
    }
    await sleep(250);
  }
}

/** Writes the owner in one step, so that nobody reads half of it. */
export function claimLock(pids, run) {
  const draft = join(lockDir, `owner-${process.pid}`);
  writeFileSync(draft, pids.join(' '));
  renameSync(draft, join(lockDir, 'owner'));
  if (run) run.ownsLock = true;
}

function isAbandoned(owner) {
  return owner ? !owner.split(' ').some((pid) => isAlive(Number(pid))) : isOld(lockDir);
}

/** Whether this process is the one that inherits the lock from the dead owner; a lock made anew meanwhile is left. */
function succeed(owner) {
  const successor = join(lockDir, `after-${owner.replaceAll(' ', '-')}`);
  const isFirst = makeDir(successor);
  const isUnchanged = readText(join(lockDir, 'owner')) === owner;
  if (isFirst && isUnchanged) return true;
  if (isFirst) rmSync(successor, { recursive: true, force: true });
  else if (isUnchanged && isOld(successor)) rmSync(lockDir, { recursive: true, force: true });
  return false;
}

/** Older than the moment a process needs between making a folder and writing its name into it. */
function isOld(path) {
  return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now()) > 10_000;
}

function makeDir(path) {
  try {
    mkdirSync(path);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST' || error.code === 'ENOENT') return false;
    throw error;
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Gives the lock back; only its owner may. */
export function releaseLock() {
  rmSync(lockDir, { recursive: true, force: true });
}
