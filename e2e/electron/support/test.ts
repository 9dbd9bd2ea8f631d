import { test as base } from '@playwright/test';
import { type Display, type Found, findRuntime, openDisplay } from './runtime.ts';
import { type Folders, type Machine, makeFolders, Shell } from './shell.ts';

export { expect } from '@playwright/test';

interface TestParts {
  /** Folders of this test alone. */
  readonly folders: Folders;
  /** Starts the window in this test's folders; what is left of it is killed after the test. */
  readonly start: (serverArgs?: readonly string[]) => Promise<Shell>;
  /** Electron and a display; a test on a machine without them is skipped, with the reason. */
  readonly machine: Machine;
}

interface WorkerParts {
  readonly found: Found<Machine>;
}

/** Playwright's test with the desktop window under test. */
export const test = base.extend<TestParts, WorkerParts>({
  found: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
    async ({}, use) => {
      const runtime = findRuntime();
      const display: Found<Display> = 'reason' in runtime ? runtime : await openDisplay();
      if ('reason' in runtime) await use(runtime);
      else if ('reason' in display) await use(display);
      else await use({ program: runtime.program, env: display.env });
      if (!('reason' in display)) await display.close();
    },
    { scope: 'worker' },
  ],
  machine: async ({ found }, use, testInfo) => {
    const reason = 'reason' in found ? found.reason : '';
    testInfo.skip(reason !== '', `No desktop window on this machine: ${reason}`);
    await use(found as Machine);
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs from this pattern
  folders: async ({}, use) => {
    const folders = makeFolders();
    await use(folders);
    folders.remove();
  },
  start: async ({ machine, folders }, use) => {
    const started: Shell[] = [];
    await use(async (serverArgs) => {
      const shell = await Shell.start(machine, folders, serverArgs);
      started.push(shell);
      return shell;
    });
    for (const shell of started) await shell.quit();
  },
});
