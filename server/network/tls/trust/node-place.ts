import { readFile } from 'node:fs/promises';
import type { TrustPlace } from './trust-place.ts';

/** Node, which reads no list of the system: each program gets the authority by its environment. */
export function nodePlace(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): TrustPlace {
  return {
    id: 'node',
    label: 'Node',
    clients: 'Node, npm, Playwright',
    change: null,
    async look(authority) {
      if (!authority) return { state: 'untrusted', message: 'There is no authority yet.', command: null };
      const file = environment['NODE_EXTRA_CA_CERTS'];
      const extra = file ? await readFile(file, 'utf8').catch(() => '') : '';
      const command =
        platform === 'win32'
          ? `setx NODE_EXTRA_CA_CERTS "${authority.file}"`
          : `export NODE_EXTRA_CA_CERTS='${authority.file}'`;
      if (withoutLines(extra).includes(withoutLines(authority.pem)))
        return { state: 'trusted', message: 'NODE_EXTRA_CA_CERTS holds the local authority.', command: null };
      return {
        state: 'untrusted',
        message: 'Node reads no list of the system. Set this variable where a program of Node runs, before it starts.',
        command,
      };
    },
  };
}

function withoutLines(pem: string): string {
  return pem.replace(/\s+/g, '');
}
