import { createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ListRequestsInput } from '../contract/requests.ts';
import { StartupError } from '../errors.ts';
import type { RunningServer } from '../network/running-server.ts';
import { askServer } from './remote-client.ts';

const LINE_FEED = 0x0a;
/** Lines of an archive before its first entry and after its last. */
const OTHER_LINES = 2;

/**
 * Writes the matching requests of a running server into a file, piece by piece as they come: an archive may be larger than
 * is good to have at once.
 * @returns how many requests it has
 * @throws {StartupError} exit code 2 when the file cannot be written
 */
export async function downloadHar(server: RunningServer, query: ListRequestsInput, file: string): Promise<number> {
  const asked = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
  );
  const answer = await askServer(server, { method: 'GET', path: `/api/requests.har?${asked}` });
  const lines = countLines();
  try {
    await pipeline(answer, lines, createWriteStream(file));
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    const isFile = syscall === 'open' || syscall === 'write';
    if (isFile) throw new StartupError(`${file} cannot be written: ${message}`, 2);
    throw new StartupError(`The server broke off; ${file} is not complete: ${message}`);
  }
  return lines.count - OTHER_LINES;
}

/** Lets bytes through and counts their lines: each entry of the server's archives is one. */
function countLines(): Transform & { count: number } {
  const transform = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      for (let at = chunk.indexOf(LINE_FEED); at !== -1; at = chunk.indexOf(LINE_FEED, at + 1)) counting.count += 1;
      done(null, chunk);
    },
  });
  const counting = Object.assign(transform, { count: 0 });
  return counting;
}
