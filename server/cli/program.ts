import { Command, CommanderError, Option } from 'commander';
import { version } from '../version.ts';
import { addBackendCommands } from './backend.ts';
import { addCertCommands } from './cert.ts';
import { addConsoleCommand } from './console.ts';
import { FORMATS } from './context.ts';
import { addDbshellCommand } from './dbshell.ts';
import { addDjangoNames } from './django-names.ts';
import { addDoctorCommand } from './doctor.ts';
import { addDomainCommands } from './domain.ts';
import { addFixturesCommand } from './fixtures.ts';
import { addHostsCommands } from './hosts.ts';
import { addLogsCommand } from './logs.ts';
import { addMigrateCommand } from './migrate.ts';
import { reportError } from './output.ts';
import { addRequestCommands } from './requests.ts';
import { addRoutesCommands } from './routes.ts';
import { addStoreCommands } from './store.ts';
import { addWhyCommand } from './why.ts';

/**
 * Runs one command and sets the process's exit code. What only some commands need, the server above all, is loaded by
 * those alone: half of what a short command would take is loading.
 */
export async function runCli(argv: readonly string[]): Promise<void> {
  // The server reads its own flags, all faults at once.
  if (argv[0] === 'serve' && !argv.includes('--help')) {
    const { runServer } = await import('../serve.ts');
    return runServer(argv.slice(1));
  }
  const program = buildProgram();
  try {
    await program.parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    process.exitCode = reportError(error, {
      format: argv.includes('json') || argv.includes('--format=json') ? 'json' : 'text',
    });
  }
}

function buildProgram(): Command {
  const program = new Command('orion')
    .description('A local development and staging environment for a multi-tenant shop platform')
    .version(version)
    .addOption(
      new Option('--format <format>', 'how results are printed; table and csv are for dbshell')
        .choices(FORMATS)
        .default('text'),
    )
    .option(
      '--data-dir <folder>',
      'the data folder; else ORION_DATA_DIR, else the system’s folder for application data',
    )
    .showHelpAfterError('(add --help for what is possible)')
    .exitOverride();
  program
    .command('serve')
    .description('start the server: --port --data-dir --isolation --fixtures --json')
    .allowUnknownOption();
  addStoreCommands(program);
  addWhyCommand(program);
  addRequestCommands(program);
  addFixturesCommand(program);
  addDomainCommands(program);
  addDoctorCommand(program);
  addConsoleCommand(program);
  addCertCommands(program);
  addBackendCommands(program);
  addDbshellCommand(program);
  addLogsCommand(program);
  addMigrateCommand(program);
  addRoutesCommands(program);
  addHostsCommands(program);
  addDjangoNames(program);
  // Errors of subcommands must reach the exit code as well; global flags may stand after the command.
  for (const command of allCommands(program)) command.exitOverride();
  return program;
}

function allCommands(command: Command): Command[] {
  return command.commands.flatMap((child) => [child, ...allCommands(child)]);
}
