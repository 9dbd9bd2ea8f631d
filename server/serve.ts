import { loadConfig } from './config.ts';
import type { ServerMessage } from './contract/parent-channel.ts';
import { endAtOnce, endWhenIdle } from './end-process.ts';
import { StartupError } from './errors.ts';
import { createLogger } from './observability/log.ts';
import { answerParent, onParentGone, tellParent } from './parent.ts';
import { type RunningPlatform, startPlatform } from './start.ts';
import { printAddresses, reportStartupError } from './startup-report.ts';

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Serves until a signal comes, or the program that started it ends (parent.ts). Standard output has the ready line
 * alone (`--json`) or the addresses for people; everything else goes to standard error. Exit codes: 0 stopped,
 * 1 failed, 2 wrong input. Nothing here calls `process.exit` (end-process.ts says why).
 */
export async function runServer(argv: readonly string[]): Promise<void> {
  const forgetParent = onParentGone(endAtOnce);
  surviveLostOutput();
  try {
    const config = loadConfig({ argv, env: process.env, cwd: process.cwd() });
    tellParent({ event: 'starting', dataDir: config.dataDir });
    const isPretty = !config.json && process.stderr.isTTY === true;
    const log = createLogger({ level: config.logLevel, format: isPretty ? 'pretty' : 'json' });
    const platform = await startPlatform(config, log, (text) => process.stderr.write(`${text}\n`));
    forgetParent();
    stopWhenTold(platform);
    answerParent({ createSignIn: platform.createSignIn, elevations: platform.parts.elevations });
    const authority = await platform.parts.tls.authority.find().catch(() => null);
    tellParent({
      event: 'ready',
      port: platform.port,
      console: platform.console,
      httpsPort: platform.parts.tls.https.inForce.listeningPort,
      authority: authority?.certificate.fingerprint256 ?? null,
    });
    if (config.json) {
      const { url, signIn } = platform;
      const { engine, isolation } = platform.parts.backend;
      const ready = {
        event: 'ready',
        url,
        console: platform.console,
        signIn,
        https: platform.parts.tls.https.inForce.url,
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
    tellParent(explained(error));
  }
}

/** What cannot be said, as to a file on a full disk or to a reader that has gone, ends no shop. Libraries warn there too. */
function surviveLostOutput(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}

function explained(error: unknown): ServerMessage {
  const { message } = error as Error;
  const faults = error instanceof StartupError ? error.faults.map((fault) => `${fault.field}: ${fault.message}`) : [];
  return { event: 'failed', message, faults };
}

/**
 * The first signal, or the end of the program that started this one, stops cleanly; a second signal, while that takes
 * too long, ends at once.
 */
function stopWhenTold(platform: RunningPlatform): void {
  let stoppingSince: number | null = null;
  const stop = () => {
    if (stoppingSince !== null) return;
    stoppingSince = Date.now();
    platform.stop().then(
      () => endWhenIdle(0),
      (error: Error) => {
        process.stderr.write(`${error.message}\n`);
        endWhenIdle(1);
      },
    );
  };
  onParentGone(stop);
  for (const signal of STOP_SIGNALS) {
    process.on(signal, () => {
      // Ctrl-C reaches the whole group: the same press can arrive twice.
      if (stoppingSince !== null && Date.now() - stoppingSince > 500) endAtOnce();
      stop();
    });
  }
}
