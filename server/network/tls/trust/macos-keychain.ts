import { join } from 'node:path';
import { AUTHORITY_NAME } from '../issue.ts';
import { type RunProgram, runOrFail } from './run-program.ts';
import { OTHER, TRUSTED, type TrustPlace, UNTRUSTED } from './trust-place.ts';

const SECURITY = '/usr/bin/security';

/**
 * The user's own keychain of macOS, which Safari, Chrome, Edge and curl read. The system asks for the password by itself,
 * so no administrator rights are needed. Documentation: security(1). Written from it, and not run on a Mac.
 */
export function macosKeychainPlace(home: string, run: RunProgram): TrustPlace {
  const keychain = join(home, 'Library/Keychains/login.keychain-db');
  const fingerprints = async () => {
    const { out } = await run(SECURITY, ['find-certificate', '-a', '-Z', '-c', AUTHORITY_NAME, keychain]);
    return [...out.matchAll(/SHA-256 hash: ([0-9A-F]{64})/gi)].map(([, hash = '']) => hash.toLowerCase());
  };
  return {
    id: 'system',
    label: 'Keychain',
    clients: 'Safari, Chrome, Edge, curl, Firefox',
    change: {
      needsRights: false,
      async install({ file }) {
        await runOrFail(run, SECURITY, ['add-trusted-cert', '-r', 'trustRoot', '-p', 'ssl', '-k', keychain, file]);
      },
      async remove() {
        for (const hash of await fingerprints())
          await runOrFail(run, SECURITY, ['delete-certificate', '-Z', hash, '-t', keychain]);
      },
    },
    async look(authority) {
      const found = await fingerprints();
      if (!authority || !found.includes(authority.sha256)) return found.length > 0 ? OTHER : UNTRUSTED;
      // Being in the keychain is not being trusted: that is a setting beside it.
      const { code } = await run(SECURITY, [
        'verify-cert',
        '-c',
        authority.file,
        '-p',
        'basic',
        '-l',
        '-L',
        '-R',
        'offline',
      ]);
      return code === 0
        ? TRUSTED
        : { ...UNTRUSTED, message: 'The certificate is in the keychain, but not trusted. Trust it again.' };
    },
  };
}
