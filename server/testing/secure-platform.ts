import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { storeDomains } from '../database/platform-tables.ts';
import { platformOf } from './platform-rows.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { startTestPlatform, type TestPlatform } from './test-platform.ts';

/** A platform that answers over HTTPS as well. */
export interface SecurePlatform extends TestPlatform {
  readonly securePort: number;
  /** The local authority's certificate. */
  readonly ca: string;
}

/** A server with HTTPS on and two stores; browsers' trust is looked at in an empty home folder. */
export async function startSecure(
  fixtures = 'techstore,fashion',
  flags: readonly string[] = [],
): Promise<SecurePlatform> {
  const home = temporaryFolder();
  const https = ['--https', 'true', '--https-port', '0', '--trust-home', home];
  const platform = await startTestPlatform({ fixtures, flags: [...https, ...flags] });
  const ca = readFileSync(join(platform.dataDir, 'certificates/authority.crt'), 'utf8');
  return { ...platform, securePort: platform.parts.tls.https.inForce.listeningPort ?? 0, ca };
}

/** A custom domain as if it had been added and verified. */
export async function addDomain(platform: TestPlatform, code: string, domain: string): Promise<void> {
  const store = await platform.parts.stores.get(code);
  await platformOf(platform).table(storeDomains).insert({
    storeId: store.id,
    domain,
    isPrimary: true,
    isActive: true,
    isVerified: true,
    verificationToken: 'token',
    createdAt: new Date(),
  });
  platform.parts.directory.forget();
}
