import type { Command } from 'commander';
import { StartupError } from '../errors.ts';
import { findRunningServer } from '../network/running-server.ts';
import { dataDirOf, formatOf } from './context.ts';
import { openInBrowser } from './open-browser.ts';
import { print } from './output.ts';
import { callServer } from './remote-client.ts';

/** `orion console`: a new one-time sign-in link. */
export function addConsoleCommand(program: Command): void {
  program
    .command('console')
    .description('open the console with a new sign-in link')
    .action(async (_flags: object, command: Command) => {
      const dataDir = dataDirOf(command);
      const server = await findRunningServer(dataDir);
      if (!server) throw new StartupError(`The server of ${dataDir} is not running. Start it with: npm start`);
      const { url } = await callServer<{ url: string }>(server, 'POST', '/api/sign-in-links');
      await openInBrowser(url);
      print(formatOf(command), { url }, () => url);
    });
}
