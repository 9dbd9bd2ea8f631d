/** What failed, what the server said last, and what can be done about it. */
import type { FailureReport } from '../bridge.ts';
import { byId, shell } from './page.ts';

const notice = byId('notice');

function show({ summary, faults, lines, dataDir }: FailureReport): void {
  byId('summary').replaceChildren(...withFlagsMarked(summary));
  const list = byId('faults');
  list.hidden = faults.length === 0;
  list.replaceChildren(...faults.map((fault) => withText('li', fault)));
  const log = byId('log');
  log.replaceChildren(...(lines.length > 0 ? lines.map(logLine) : [withText('div', 'The server said nothing.')]));
  log.scrollTop = log.scrollHeight;
  byId('open-data-folder').hidden = dataDir === undefined;
  byId('data-folder').textContent = dataDir === undefined ? '' : `Data folder: ${dataDir}`;
}

/** A flag such as `--data-dir` is code, and is never broken at the end of a line. */
function withFlagsMarked(text: string): (string | HTMLElement)[] {
  return text.split(/(--[\w-]+)/).map((part) => (part.startsWith('--') ? withText('code', part) : part));
}

/** Warnings and errors stand out by colour; the line says its level in words. */
function logLine(line: string): HTMLElement {
  const element = withText('div', line);
  const level = /^\d\d:\d\d:\d\d (warn|error|fatal) /.exec(line)?.[1];
  if (level) element.dataset['level'] = level;
  return element;
}

function withText(tag: 'li' | 'div' | 'code', text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/** Does something on a click; what becomes of it is said beside the buttons. */
function onClick(id: string, action: () => Promise<void>, done: string): void {
  byId(id).addEventListener('click', () => {
    action().then(
      () => {
        notice.textContent = done;
      },
      (error: Error) => {
        // Electron puts the channel's name before the reason.
        notice.textContent = error.message.replace(/^Error invoking remote method '[^']*': (Error: )?/, '');
      },
    );
  });
}

onClick('try-again', shell.tryAgain, '');
onClick('open-data-folder', shell.openDataFolder, '');
onClick('copy-report', shell.copyReport, 'The report is in the clipboard.');
void shell.failure().then(show);
