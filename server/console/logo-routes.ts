import { join } from 'node:path';
import type { Router } from '@koa/router';
import type { AppState } from '../context.ts';
import { type CheckedLogo, type LogoUpload, logoUpload } from '../contract/stores.ts';
import { AppError, type Fault, NotFoundError } from '../errors.ts';
import type { PreparedLogo } from '../tenancy/logo-files.ts';
import { refuseFaults } from '../tenancy/store-input.ts';
import type { StoreService } from '../tenancy/store-service.ts';
import { PICTURE_TYPES, sendFile } from '../themes/send-file.ts';
import { readInput } from './input.ts';
import type { LogoReader, LogoResult } from './logo-reader.ts';

export interface LogoRouteParts {
  readonly stores: StoreService;
  readonly logoReader: LogoReader;
  readonly storageDir: string;
}

/** Adds the routes of logos to the console's API. */
export function logoRoutes(router: Router<AppState>, parts: LogoRouteParts): void {
  router.post('/logos/check', async (ctx) => {
    const result = await parts.logoReader.read(readInput(logoUpload, ctx.request.body));
    if (!result.ok) {
      refuseTooLarge(result);
      refuseFaults('The logo cannot be used', [result.fault]);
      return;
    }
    const { picture, width, height } = result.logo;
    const preview = `data:image/webp;base64,${picture.toString('base64')}`;
    ctx.body = { width, height, format: result.format, preview } satisfies CheckedLogo;
  });
  router.get('/stores/:code/logo', async (ctx) => {
    const { id, name, logo } = await parts.stores.record(ctx.params['code'] ?? '');
    if (!logo) throw new NotFoundError(`${name} has no logo.`, 'logo_not_found');
    // The address changes with every change of the store.
    const cacheControl = ctx.query['v'] === undefined ? 'private, no-cache' : 'private, max-age=31536000, immutable';
    await sendFile(ctx, join(parts.storageDir, `store_${id}`), logo.file, { types: PICTURE_TYPES, cacheControl });
  });
}

/** Reads the logo of an input, if there is one. @throws {AppError} 413 when it is too large */
export async function readLogo(
  upload: LogoUpload | null | undefined,
  reader: LogoReader,
): Promise<{ readonly logo: PreparedLogo | undefined; readonly faults: readonly Fault[] }> {
  const result = upload ? await reader.read(upload) : null;
  if (result === null) return { logo: undefined, faults: [] };
  if (result.ok) return { logo: result.logo, faults: [] };
  refuseTooLarge(result);
  return { logo: undefined, faults: [result.fault] };
}

function refuseTooLarge(result: LogoResult): void {
  if (result.ok || result.status !== 413) return;
  throw new AppError(result.fault.message, { status: 413, code: 'logo_too_large', faults: [result.fault] });
}
