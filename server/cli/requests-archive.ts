import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { MAX_HAR_BYTES } from '../contract/inspect.ts';
import type { ListRequestsInput } from '../contract/requests.ts';
import { StartupError } from '../errors.ts';
import { formatOf } from './context.ts';
import { downloadHar } from './download-har.ts';
import { print } from './output.ts';
import { type FilterFlags, filterOf, readLimit, requireStore, withFilter, withServer } from './requests-filter.ts';
import { countOf, describeImport } from './requests-text.ts';

interface ExportFlags extends FilterFlags {
  readonly limit?: number;
}

/** `orion requests export|import`: recorded requests as HAR files. */
export function addArchiveCommands(requests: Command): void {
  withFilter(requests.command('export').argument('<file>', 'such as shop.har').description('write a HAR 1.2 file'))
    .option('--limit <n>', 'the newest so many; without it all whose details are kept', readLimit)
    .action((file: string, flags: ExportFlags, command: Command) =>
      withServer(command, async ({ call, server }) => {
        const filter = filterOf(flags);
        const { total } = await call('listRequests', { query: { ...filter, limit: 1 } });
        if (total === 0) await requireStore(server, flags.store);
        const query: ListRequestsInput = flags.limit === undefined ? filter : { ...filter, limit: flags.limit };
        const entries = await downloadHar(server, query, file);
        print(formatOf(command), { file, entries }, () => `${countOf(entries)} in ${file}.`);
      }),
    );
  requests
    .command('import')
    .argument('<file>', 'a HAR file of a browser, or of this program')
    .description('read requests from a HAR file; exit code 1 when an entry could not be read')
    .action((file: string, _flags: object, command: Command) =>
      withServer(command, async (api) => {
        const result = await api.call('importHar', {
          body: (await readArchive(file)) as { log: { version: string; entries: [] } },
        });
        print(formatOf(command), result, () => describeImport(result));
        if (result.skipped.length > 0) process.exitCode = 1;
      }),
    );
}

/** @throws {StartupError} exit code 2, before anything is read when the file is larger than the server takes */
async function readArchive(file: string): Promise<unknown> {
  const megabytes = (bytes: number) => Math.ceil(bytes / 1024 / 1024);
  const text = await textOf(file, (bytes) => {
    if (bytes > MAX_HAR_BYTES)
      throw new StartupError(
        `${file} has ${megabytes(bytes)} MiB; an archive may have at most ${megabytes(MAX_HAR_BYTES)} MiB. Export fewer requests into it, or leave bodies out.`,
        2,
      );
  });
  try {
    // Some programs begin their files with a byte order mark.
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw new StartupError(`${file} is not a HAR file: ${(error as Error).message}`, 2);
  }
}

async function textOf(file: string, checkSize: (bytes: number) => void): Promise<string> {
  try {
    checkSize((await stat(file)).size);
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof StartupError) throw error;
    throw new StartupError(`${file} cannot be read: ${(error as Error).message}`, 2);
  }
}
