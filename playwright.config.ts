/**
 * End-to-end tests in a real Chromium and in a real Electron: the ones build/test.mjs found, or, when Playwright is run by
 * hand, found here (Chromium) and in e2e/electron/support (Electron).
 */
import { execFileSync } from 'node:child_process';
import { defineConfig, devices, type ReporterDescription } from '@playwright/test';

/** Kept in the environment, because every worker reads this file again. Electron brings its own Chromium. */
process.env['ORION_CHROMIUM'] ??= process.argv.includes('--project=electron')
  ? ''
  : execFileSync(process.execPath, ['build/ensure-chromium.mjs'], {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }).trim();

/** Where build/test.mjs wants the report that it counts. */
const report = process.env['ORION_TEST_REPORT'];
const reporters: ReporterDescription[] = [['list']];
if (report) reporters.push(['json', { outputFile: report }]);

export default defineConfig({
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  workers: 2,
  reporter: reporters,
  use: {
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['ORION_HEADLESS_SHELL'] || process.env['ORION_CHROMIUM'],
      // root in a container has no sandbox; the rest keeps the browser from talking to anyone but the tested server
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
  projects: [
    // Patience for machines that do other work as well; nothing here waits for time to pass.
    {
      name: 'chromium',
      testDir: 'e2e/browser',
      timeout: 120_000,
      expect: { timeout: 15_000 },
      use: devices['Desktop Chrome'],
    },
    // A first start loads the demo stores, and each test has a first start.
    { name: 'electron', testDir: 'e2e/electron', timeout: 90_000, expect: { timeout: 20_000 } },
  ],
});
