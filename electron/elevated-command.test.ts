/** What reaches the program as administrator must be exactly what the server named, whatever letters are in it. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandLine } from './elevated-command.ts';

/** The way a line takes through @vscode/sudo-prompt on Linux, with `env` in the place of pkexec: the arguments that arrive. */
function arriveOnLinux(line: string): string[] {
  const escaped = line.replace(/"/g, '\\"');
  const output = execFileSync('/bin/sh', ['-c', `/usr/bin/env /bin/bash -c "echo SUDOPROMPT; ${escaped}"`], {
    encoding: 'utf8',
  });
  return JSON.parse(output.replace(/^SUDOPROMPT\n/, '')) as string[];
}

const printArguments = ['-e', 'process.stdout.write(JSON.stringify(process.argv.slice(1)))', '--'];
const isPosix = existsSync('/bin/bash') && existsSync('/usr/bin/env');

describe('commandLine', () => {
  it.runIf(isPosix)('brings every argument through the shells of Linux as it is', () => {
    const usual = [
      '/home/Ann O\'Neil/Meine Läden/data "x"',
      'a;b|c&d',
      '*',
      '~',
      '',
      '--flag=1 2',
      '!!',
      '#x',
      '%PATH%',
      "''",
      '-',
    ];
    const line = commandLine({ program: process.execPath, args: [...printArguments, ...usual] }, 'linux');
    expect(arriveOnLinux(line ?? '')).toEqual(usual);
  });

  it.runIf(isPosix)('refuses or brings through, whatever the letters', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary-ascii', maxLength: 12 }), { minLength: 1, maxLength: 3 }),
        (args) => {
          const line = commandLine({ program: process.execPath, args: [...printArguments, ...args] }, 'linux');
          if (line !== null) expect(arriveOnLinux(line)).toEqual(args);
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each(['$HOME', '`id`', '\\', 'a\nb', '\0'])('refuses %j, which another shell would read first', (part) => {
    expect(commandLine({ program: '/bin/x', args: [part] }, 'linux')).toBeNull();
    expect(commandLine({ program: part, args: [] }, 'darwin')).toBeNull();
  });

  it.each(['%PATH%', '"', 'a\rb', '!x!'])('refuses %j on Windows', (part) => {
    expect(commandLine({ program: 'C:\\x.exe', args: [part] }, 'win32')).toBeNull();
  });

  it('keeps the closing quote on Windows', () => {
    expect(commandLine({ program: 'C:\\Program Files\\x.exe', args: ['C:\\a b\\', 'c&d'] }, 'win32')).toBe(
      '"C:\\Program Files\\x.exe" "C:\\a b\\\\" "c&d"',
    );
  });
});
