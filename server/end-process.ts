/**
 * How a server ends. Not by `process.exit()`: it waits for V8's threads, and one of them that compiles can wait for a
 * collection of garbage that never comes any more (github.com/nodejs/node/issues/54918). Of a hundred servers that ended
 * so right after their start, one to three hung for ever.
 */

const IDLE_MS = 10_000;

/** Ends with this code once nothing is left to do; what is still open after ten seconds does not keep the process. */
export function endWhenIdle(code: 0 | 1): void {
  process.exitCode = code;
  setTimeout(endAtOnce, IDLE_MS).unref();
}

/** Ends without any more work, as `kill -9` does: whatever is written is written so that this loses nothing. */
export function endAtOnce(): void {
  process.kill(process.pid, 'SIGKILL');
}
