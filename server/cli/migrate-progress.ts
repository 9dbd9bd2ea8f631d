import type { MigratedStore } from './migrate-run.ts';

const BAR_WIDTH = 30;

/** Where it is told: standard error. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Tells on standard error how far it is: a bar on a terminal, a line a store elsewhere. */
export interface MigrateProgress {
  count(done: MigratedStore): void;
  say(text: string): void;
  end(): void;
}

/** @param total how many stores there are */
export function migrateProgress(total: number, output: ProgressOutput): MigrateProgress {
  let counted = 0;
  const clear = () => (output.isTTY ? output.write('\r\x1b[K') : undefined);
  const draw = () => {
    const filled = Math.round((counted / Math.max(total, 1)) * BAR_WIDTH);
    output.write(`\r\x1b[K[${'#'.repeat(filled).padEnd(BAR_WIDTH, '.')}] ${counted} of ${total} stores`);
  };
  return {
    count({ code, state, error }) {
      counted += 1;
      if (output.isTTY && state !== 'failed') return draw();
      clear();
      output.write(`${counted}/${total} ${code}: ${error ?? state}\n`);
    },
    say(text) {
      clear();
      output.write(`${text}\n`);
    },
    end: () => void clear(),
  };
}
