import { loadConfig } from './config.ts';
import { createLogger } from './observability/log.ts';
import { type RunningPlatform, startPlatform } from './start.ts';
import { printAddresses, reportStartupError } from './startup-report.ts';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Serves until a signal comes. Standard output has the ready line alone (`--json`) or the addresses for
 * people; everything else goes to standard error. Exit codes: 0 stopped, 1 failed, 2 wrong input.
 */
export async function runServer(argv: readonly string[]): Promise<void> {
  try {
    const config = loadConfig({ argv, env: process.env, cwd: process.cwd() });
    const isPretty = !config.json && process.stderr.isTTY === true;
    const log = createLogger({ level: config.logLevel, format: isPretty ? 'pretty' : 'json' });
    const platform = await startPlatform(config, log, (text) => process.stderr.write(`${text}\n`));
    stopOnSignals(platform);
    if (config.json) {
      const { url, signIn } = platform;
      const { engine, isolation } = platform.parts.backend;
      const ready = {
        event: 'ready',
        url,
        console: platform.console,
        signIn,
        engine,
        isolation,
        pid: process.pid,
      };
      process.stdout.write(`${JSON.stringify(ready)}\n`);
    } else {
      process.stdout.write(await printAddresses(platform, config));
    }
  } catch (error) {
    process.exitCode = reportStartupError(error);
  }
}

/** The first signal stops cleanly; a second one, while that takes too long, ends at once. */
function stopOnSignals(platform: RunningPlatform): void {
  let stoppingSince: number | null = null;
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      // Ctrl-C reaches the whole group: the same press can arrive twice.
      if (stoppingSince !== null) {
        if (Date.now() - stoppingSince > 500) process.exit(1);
        return;
      }
      stoppingSince = Date.now();
      platform.stop().then(
        () => process.exit(0),
        (error: Error) => {
          process.stderr.write(`${error.message}\n`);
          process.exit(1);
        },
      );
    });
  }
}
