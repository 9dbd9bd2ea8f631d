import type { Command } from 'commander';
import type { Resolution } from '../contract/requests.ts';
import { formatOf, withClient } from './context.ts';
import { print, table } from './output.ts';

interface WhyFlags {
  readonly method: string;
  readonly host?: string;
  readonly storeId?: string;
}

/** `orion why URL`: the same rules that answer requests, without sending one. */
export function addWhyCommand(program: Command): void {
  program
    .command('why')
    .argument('<url>', 'such as http://techstore.localhost:8000/products')
    .description('say which store a URL reaches, and why')
    .option('--method <method>', 'the HTTP method', 'GET')
    .option('--host <host>', 'the Host header, when it differs from the URL')
    .option('--store-id <id>', 'the X-Store-ID header')
    .action(async (url: string, flags: WhyFlags, command: Command) => {
      await withClient(command, async (client) => {
        const input = {
          url,
          method: flags.method.toUpperCase(),
          ...(flags.host ? { host: flags.host } : {}),
          ...(flags.storeId ? { storeHeader: flags.storeId } : {}),
        };
        const resolution = await client.why(input);
        print(formatOf(command), resolution, () => describe(resolution));
      });
    });
}

function describe(resolution: Resolution): string {
  const rungs = resolution.ladder.map((rung) => [
    rung.rule,
    rung.result.replace('_', ' '),
    rung.input || '-',
    rung.reason,
  ]);
  const facts = [
    resolution.redirectTo ? `Redirected to ${resolution.redirectTo}` : null,
    resolution.store && resolution.outcome === 'store'
      ? `Area ${resolution.area}, seen by its router as ${resolution.cleanPath}`
      : null,
    resolution.hint ? `Hint: ${resolution.hint}` : null,
    resolution.nearMatches.length > 0 ? `Stores with a similar code: ${resolution.nearMatches.join(', ')}` : null,
  ].filter((line) => line !== null);
  return [verdict(resolution), ...facts, '', table(['RULE', 'RESULT', 'LOOKED AT', 'WHY'], rungs)].join('\n');
}

function verdict(resolution: Resolution): string {
  const { outcome, store, refusal, mode } = resolution;
  if (outcome === 'store' && store) return `${store.name} (${store.code}), found by ${mode?.replace('_', ' ')}`;
  if (outcome === 'admin') return 'The console: no store is looked for';
  if (outcome === 'refused') return `Refused with ${refusal?.status} ${refusal?.code}: ${refusal?.message}`;
  return "The platform's landing page: no store";
}
