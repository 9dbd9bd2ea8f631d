import { setTimeout as sleep } from 'node:timers/promises';
import type { SwitchStatus } from '../contract/backends.ts';
import { AppError } from '../errors.ts';
import { progressText } from './backend-text.ts';
import type { ConsoleApi } from './console-api.ts';

const ASK_EVERY_MS = 250;
const BAR_WIDTH = 24;
const CLEAR_LINE = '\r\x1b[2K';

/**
 * Waits until a move has ended, and shows on standard error how it goes. Ctrl-C cancels it, and it is waited for until
 * it has put everything back; a second Ctrl-C ends this command at once.
 */
export async function followSwitch(
  api: ConsoleApi,
  started: SwitchStatus,
  askEveryMs = ASK_EVERY_MS,
): Promise<SwitchStatus> {
  const show = progressView(process.stderr.isTTY === true);
  let cancelling: Promise<void> | null = null;
  const onInterrupt = () => {
    cancelling = cancelOnce(api, show.say);
  };
  // Nobody listens for a second one: it ends the process as the system does.
  process.once('SIGINT', onInterrupt);
  try {
    for (let status = started; ; status = await statusOf(api, started.id)) {
      if (status.state !== 'running') return status;
      show.progress(status);
      await sleep(askEveryMs);
    }
  } finally {
    process.off('SIGINT', onInterrupt);
    await cancelling;
    show.end();
  }
}

async function statusOf(api: ConsoleApi, id: string): Promise<SwitchStatus> {
  const { running, history } = await api.call('backends');
  const status = [running, ...history].find((one) => one?.id === id);
  if (status) return status;
  throw new AppError('The move is not known any more. Look at: orion backend history', {
    status: 404,
    code: 'switch_not_found',
  });
}

/** A move that has ended, or is past the point of cancelling, goes on being followed. */
async function cancelOnce(api: ConsoleApi, say: (text: string) => void): Promise<void> {
  say('Cancelling; the old backend stays in force. Ctrl-C again does not wait for it.');
  await api.call('cancelSwitch').catch((error: Error) => say(error.message));
}

/** A bar that stays in its line on a terminal, else a line for each tenth. */
function progressView(isTerminal: boolean) {
  let lastLine = '';
  const write = (text: string) => process.stderr.write(text);
  return {
    progress(status: SwitchStatus) {
      const part = status.rowsTotal === 0 ? 0 : Math.min(1, status.rowsDone / status.rowsTotal);
      if (isTerminal) {
        const filled = Math.round(part * BAR_WIDTH);
        const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
        const width = Math.max(40, process.stderr.columns ?? 80);
        write(`${CLEAR_LINE}${`${bar} ${progressText(status)}`.slice(0, width - 1)}`);
        return;
      }
      const line = `${status.phase} ${Math.floor(part * 10)}`;
      if (line !== lastLine) write(`${progressText(status)}\n`);
      lastLine = line;
    },
    say: (text: string) => void write(`${isTerminal ? CLEAR_LINE : ''}${text}\n`),
    end: () => void (isTerminal && write(CLEAR_LINE)),
  };
}
