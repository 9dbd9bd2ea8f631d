import { X509Certificate } from 'node:crypto';
import { AUTHORITY_NAME } from '../issue.ts';
import { type RunProgram, runOrFail } from './run-program.ts';
import { OTHER, TRUSTED, type TrustPlace, UNTRUSTED } from './trust-place.ts';

const CERTUTIL = 'certutil.exe';

/**
 * The user's own list of roots in Windows, which Edge, Chrome and curl read. Windows shows the certificate and asks, so no
 * administrator rights are needed. Documentation: certutil of Windows Server. Written from it, and not run on Windows.
 */
export function windowsStorePlace(run: RunProgram): TrustPlace {
  const ours = async () => {
    const { out } = await run(CERTUTIL, ['-user', '-store', 'Root']);
    // Its words are translated, so only what is not is read: our name, and the SHA-1 as forty digits.
    return out
      .split(/^=+.*=+\s*$/m)
      .filter((entry) => entry.includes(AUTHORITY_NAME))
      .flatMap((entry) => entry.match(/\b[0-9a-f]{40}\b/i)?.[0].toLowerCase() ?? []);
  };
  return {
    id: 'system',
    label: 'Windows',
    clients: 'Edge, Chrome, curl, PowerShell, Firefox',
    change: {
      needsRights: false,
      async install({ file }) {
        await runOrFail(run, CERTUTIL, ['-user', '-f', '-addstore', 'Root', file]);
      },
      async remove() {
        for (const sha1 of await ours()) await runOrFail(run, CERTUTIL, ['-user', '-delstore', 'Root', sha1]);
      },
    },
    async look(authority) {
      const found = await ours();
      const wanted = authority && new X509Certificate(authority.pem).fingerprint.replaceAll(':', '').toLowerCase();
      if (wanted && found.includes(wanted)) return TRUSTED;
      return found.length > 0 ? OTHER : UNTRUSTED;
    },
  };
}
