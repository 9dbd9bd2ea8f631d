import { join } from 'node:path';
import type { AppMiddleware } from '../context.ts';
import { NotFoundError } from '../errors.ts';
import { sendFile, THEME_TYPES } from './send-file.ts';

/** Where assets of one URL prefix lie. */
export interface AssetSource {
  readonly id: string;
  readonly directory: string;
}

/**
 * Answers `/assets/{id}/{hash}/{file}`, the same on every host: theme code holds no store's data.
 * The hash is part of the URL, so an answer can be kept for good.
 */
export function assets(sources: readonly AssetSource[]): AppMiddleware {
  const known = new Map(sources.map((source) => [source.id, join(source.directory, 'assets')]));
  return async function assetsMiddleware(ctx, next) {
    const match = /^\/assets\/([^/]+)\/[0-9a-f]{12}\/(.+)$/.exec(ctx.path);
    if (!match) return next();
    const directory = known.get(match[1] ?? '');
    if (!directory || (ctx.method !== 'GET' && ctx.method !== 'HEAD'))
      throw new NotFoundError('There is no such file.');
    await sendFile(ctx, directory, decodeURIComponent(match[2] ?? ''), {
      types: THEME_TYPES,
      cacheControl: 'public, max-age=31536000, immutable',
    });
  };
}
