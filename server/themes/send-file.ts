import { open, realpath } from 'node:fs/promises';
import { extname, isAbsolute, join, relative, sep } from 'node:path';
import type { AppContext } from '../context.ts';
import { NotFoundError } from '../errors.ts';

/** What a store may bring: nothing that a page could run. */
export const PICTURE_TYPES: Readonly<Record<string, string>> = {
  '.svg': 'image/svg+xml',
  '.webp': 'image/webp',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
};

/** What a theme that ships with the project has. */
export const THEME_TYPES: Readonly<Record<string, string>> = {
  ...PICTURE_TYPES,
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.woff2': 'font/woff2',
};

export interface SendFileOptions {
  /** Content type by file ending; no other is served. */
  readonly types: Readonly<Record<string, string>>;
  readonly cacheControl: string;
}

/** True when `path` lies inside `root`; `store_12` is not inside `store_1`. */
export function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * Answers with a file below `root`, whatever links point elsewhere.
 * @throws {NotFoundError} when there is none, when it lies outside, or when its type is not served
 */
export async function sendFile(ctx: AppContext, root: string, path: string, options: SendFileOptions): Promise<void> {
  const type = options.types[extname(path).toLowerCase()];
  const file = type ? await realpath(join(root, path)).catch(() => null) : null;
  const base = await realpath(root).catch(() => null);
  if (!type || !file || !base || !isInside(base, file)) throw new NotFoundError('There is no such file.');
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const stats = await handle?.stat();
  if (!handle || !stats?.isFile()) {
    await handle?.close();
    throw new NotFoundError('There is no such file.');
  }
  ctx.set('Cache-Control', options.cacheControl);
  ctx.set('ETag', `"${stats.size.toString(36)}-${Math.trunc(stats.mtimeMs).toString(36)}"`);
  ctx.type = type;
  // A picture that is opened by itself must not run scripts either.
  if (type === 'image/svg+xml')
    ctx.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  ctx.status = 200;
  if (ctx.fresh) {
    await handle.close();
    ctx.status = 304;
    return;
  }
  ctx.length = stats.size;
  // What was looked at is what is sent, also when it is replaced or removed meanwhile.
  ctx.body = handle.createReadStream();
}
