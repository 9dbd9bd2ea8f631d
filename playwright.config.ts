/** End-to-end tests in a real Chromium: the one build/test.mjs found, or, when Playwright is run by hand, found here. */
import { execFileSync } from 'node:child_process';
import { defineConfig, devices, type ReporterDescription } from '@playwright/test';

/** Kept in the environment, because every worker reads this file again. */
process.env['ORION_CHROMIUM'] ??= execFileSync(process.execPath, ['build/ensure-chromium.mjs'], {
  cwd: import.meta.dirname,
  encoding: 'utf8',
  stdio: ['ignore', 'pipe', 'inherit'],
}).trim();

/** Where build/test.mjs wants the report that it counts. */
const report = process.env['ORION_TEST_REPORT'];
const reporters: ReporterDescription[] = [['list']];
if (report) reporters.push(['json', { outputFile: report }]);

export default defineConfig({
  testDir: 'e2e/browser',
  outputDir: 'test-results',
  forbidOnly: Boolean(process.env['CI']),
  retries: 0,
  workers: 2,
  reporter: reporters,
  use: {
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env['ORION_CHROMIUM'],
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
  projects: [{ name: 'chromium', use: devices['Desktop Chrome'] }],
});
