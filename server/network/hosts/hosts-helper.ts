/**
 * Changes the system's hosts file with administrator rights: `node hosts-helper.ts apply --file F --plan P --plan-hash H`.
 *
 * Threat model: it runs as administrator for a user who is none. It writes one file, the system's hosts file, and only when
 * that still is the file the plan was made for. The plan's hash stands on the command line, so the plan cannot be swapped
 * after the person has agreed. A plan holds names on loopback addresses, or a backup that is put back whole. Nothing is run
 * but the system's own commands that empty the cache of names. One line of JSON tells how it went.
 */
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { AppError } from '../../errors.ts';
import { putBlock, removeBlock } from './edit-block.ts';
import { flushNames } from './flush-names.ts';
import { type HelperPlan, readPlan } from './helper-plan.ts';
import { systemHostsFile } from './location.ts';
import { writeHostsFile } from './write-hosts-file.ts';

try {
  const { positionals, values } = parseArgs({
    options: { file: { type: 'string' }, plan: { type: 'string' }, 'plan-hash': { type: 'string' } },
    allowPositionals: true,
  });
  const { file, plan, 'plan-hash': hash } = values;
  if (positionals.join(' ') !== 'apply' || !file || !plan || !hash)
    throw new Error('Usage: hosts-helper.ts apply --file FILE --plan PLAN --plan-hash HASH');
  const isTest = process.env['ORION_HOSTS_HELPER_TEST'] === '1';
  if (file !== systemHostsFile() && !isTest) throw new Error(`${file} is not the system's hosts file.`);
  const read = readPlan(await readFile(plan), hash);
  if (read.file !== file) throw new Error(`The plan is for ${read.file}, not for ${file}.`);
  const { isChanged, after } = await writeHostsFile({
    path: file,
    expected: read.expected,
    change: (current) => changed(current, read),
    // A folder of the user would let the user choose what is written over.
    journalFolder: null,
  });
  answer({ ok: true, isChanged, after, cacheFlush: isTest ? null : await flushNames() });
} catch (error) {
  const code = error instanceof AppError ? error.code : 'refused';
  answer({ ok: false, code, message: (error as Error).message });
  process.exitCode = 1;
}

function changed(current: Buffer, plan: HelperPlan): Buffer {
  if (plan.action === 'content') return plan.content;
  const owner = { id: plan.id, known: new Set(plan.known) };
  return plan.action === 'put' ? putBlock(current, plan.entries, owner) : removeBlock(current, owner);
}

function answer(result: object): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
