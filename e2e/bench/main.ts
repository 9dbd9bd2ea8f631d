/** Measures the server side by side with what it is compared to; `--help` says how. */
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { benchBackends } from './bench-backends.ts';
import { benchCatalogue } from './bench-catalogue.ts';
import { benchConsole } from './bench-console.ts';
import { benchCreate } from './bench-create.ts';
import { benchInspector } from './bench-inspector.ts';
import { benchMemory } from './bench-memory.ts';
import { benchProfile } from './bench-profile.ts';
import type { BenchRun } from './bench-run.ts';
import { benchScale } from './bench-scale.ts';
import { benchStart } from './bench-start.ts';
import { benchSwitch } from './bench-switch.ts';
import { type BenchmarkName, type BenchOptions, readOptions, USAGE } from './options.ts';
import { formatReport, isMet, type ResultRow } from './report.ts';

const RUNNERS: Readonly<Record<BenchmarkName, (run: BenchRun) => Promise<ResultRow[]>>> = {
  catalogue: benchCatalogue,
  backends: benchBackends,
  start: benchStart,
  create: benchCreate,
  switch: benchSwitch,
  scale: benchScale,
  memory: benchMemory,
  console: benchConsole,
  inspector: benchInspector,
  profile: benchProfile,
};

async function main(argv: readonly string[]): Promise<void> {
  if (argv.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const options = readOptions(argv);
  const { isQuick, backends } = options;
  const run: BenchRun = { isQuick, backends, log: (text) => process.stderr.write(`${text}\n`) };
  const rows: ResultRow[] = [];
  for (const name of options.names) rows.push(...(await RUNNERS[name](run)));
  if (rows.length > 0) process.stdout.write(`\n${formatReport(rows)}\n`);
  if (options.out) await writeFile(options.out, `${JSON.stringify(resultsOf(options, rows), null, 2)}\n`);
}

function resultsOf(options: BenchOptions, rows: readonly ResultRow[]): object {
  return {
    at: new Date().toISOString(),
    node: process.version,
    platform: `${process.platform}/${process.arch}`,
    processors: cpus().length,
    isQuick: options.isQuick,
    results: rows.map((row) => ({ ...row, met: isMet(row) })),
  };
}

// Ends through `exit`, so that temporary folders go; children end with this process.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(1));

try {
  await main(process.argv.slice(2));
} catch (error) {
  const isUsage = error instanceof TypeError && !(error.stack ?? '').includes('/bench-');
  process.stderr.write(`${isUsage ? `${error.message}\n${USAGE}` : (error as Error).stack}\n`);
  process.exit(isUsage ? 2 : 1);
}
