import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { ShellSession } from '../database/shell/shell-session.ts';
import { splitStatements } from '../database/shell/split-statements.ts';
import { table } from './output.ts';
import { resultText } from './shell-text.ts';

const HISTORY_LINES = 500;
const HELP = `Statements end with a semicolon and may have several lines.
  \\d         list the tables
  \\d TABLE   its columns
  \\?         this help
  \\q         quit; so does Ctrl-D. Ctrl-C forgets the lines typed so far`;

export interface ShellLoopOptions {
  /** Shown before each line on a terminal. */
  readonly prompt: string;
  /** Where lines are remembered from one time to the next; null remembers nothing. */
  readonly historyFile: string | null;
}

/**
 * Reads statements from standard input until it ends, and prints what they give. Without a terminal there are no prompts,
 * so that a file of statements can be piped in. Returns whether all of them succeeded.
 */
export async function runShellLoop(session: ShellSession, options: ShellLoopOptions): Promise<boolean> {
  const isTerminal = process.stdin.isTTY === true && process.stdout.isTTY === true;
  const lines = createInterface({
    input: process.stdin,
    terminal: isTerminal,
    ...(isTerminal ? { output: process.stdout, historySize: HISTORY_LINES } : {}),
    history: isTerminal ? readHistory(options.historyFile) : [],
  });
  const ask = (begun: string) => {
    lines.setPrompt(begun.trim() === '' ? `${options.prompt}> ` : `${'.'.repeat(options.prompt.length)}> `);
    if (isTerminal) lines.prompt();
  };
  let begun = '';
  let isAllWell = true;
  const run = async (work: () => Promise<string>) => {
    try {
      const text = await work();
      if (text !== '') process.stdout.write(`${text}\n`);
    } catch (error) {
      isAllWell = false;
      process.stderr.write(`${(error as Error).message}\n`);
    }
  };
  lines.on('SIGINT', () => {
    begun = '';
    // As if typed: to the end of the line, then forget all of it.
    for (const name of ['e', 'u']) lines.write(null, { ctrl: true, name });
    process.stdout.write('\n');
    ask(begun);
  });
  lines.on('history', (history: string[]) => writeHistory(options.historyFile, history));
  ask(begun);
  for await (const line of lines) {
    if (begun.trim() === '' && /^\s*(\\|\.(quit|exit|tables)\b)/.test(line)) {
      if (/^\s*(\\q|\.quit|\.exit)/.test(line)) break;
      await run(() => metaCommand(session, line.trim()));
    } else {
      const { statements, rest } = splitStatements(`${begun}${line}\n`);
      begun = rest.trim() === '' ? '' : rest;
      for (const sql of statements) await run(async () => resultText(await session.run(sql), 'table'));
    }
    ask(begun);
  }
  lines.close();
  if (!isTerminal && withoutComments(begun) !== '')
    await run(async () => resultText(await session.run(begun), 'table'));
  return isAllWell;
}

/** What a database would find empty is not sent. */
function withoutComments(sql: string): string {
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').trim();
}

async function metaCommand(session: ShellSession, line: string): Promise<string> {
  const [command = '', name] = line.split(/\s+/);
  if (command === '\\?') return HELP;
  if (command !== '\\d' && command !== '\\dt' && command !== '.tables')
    throw new Error(`${command} is not known here.\n${HELP}`);
  if (name === undefined) return (await session.tables()).join('\n');
  const columns = await session.columns(name.replace(/;$/, ''));
  if (columns.length === 0) throw new Error(`There is no table "${name}". \\d lists them.`);
  return table(
    ['COLUMN', 'TYPE'],
    columns.map((column) => [column.name, column.type]),
  );
}

function readHistory(file: string | null): string[] {
  return file !== null && existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}

function writeHistory(file: string | null, history: readonly string[]): void {
  if (file !== null) writeFileSync(file, history.slice(0, HISTORY_LINES).join('\n'), { mode: 0o600 });
}
