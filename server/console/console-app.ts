/**
 * Serves the console, a single-page app that vite builds into `renderer/dist`: its page for every address of a screen,
 * and its files, most of whose names change with their content.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AppContext, AppMiddleware } from '../context.ts';
import { wantsHtml } from '../context.ts';
import { allowConsoleApp } from '../identity/security-headers.ts';
import type { PlatformPages } from '../themes/platform-pages.ts';
import { sendFile, THEME_TYPES } from '../themes/send-file.ts';

export interface ConsoleAppParts {
  /** `renderer/dist`. */
  readonly consoleDirectory: string;
  readonly pages: PlatformPages;
  readonly config: { readonly platformDomain: string };
}

const FILES = '/console-assets/';
const FILE_TYPES = { ...THEME_TYPES, '.map': 'application/json' };
/** What the admin host has beside the app: there, nothing is a screen. */
const NO_SCREEN = /^\/(api|assets|console-assets|media|sign-in|sign-out|metrics|health|livez|readyz)(\/|$)/;
/** Vite's names end in eight letters of a hash. A word that looks like one is asked for again, which costs little. */
const HASHED = /-(?=[\w-]*[A-Z0-9_])[\w-]{8}\.\w+(\.map)?$/;
const NONCE = '__NONCE__';

/** Answers navigations with the app's page and `/console-assets/` with its files; leaves everything else alone. */
export function consoleApp(parts: ConsoleAppParts): AppMiddleware {
  return async function consoleAppMiddleware(ctx, next) {
    if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return next();
    if (ctx.path.startsWith(FILES)) return sendAppFile(ctx, parts);
    if (NO_SCREEN.test(ctx.path) || !isNavigation(ctx)) return next();
    await sendAppPage(ctx, parts);
  };
}

/** A page that a person asked for: neither a picture nor a frame nor a script's request. */
function isNavigation(ctx: AppContext): boolean {
  const destination = ctx.get('Sec-Fetch-Dest');
  return wantsHtml(ctx) && (destination === '' || destination === 'document');
}

async function sendAppFile(ctx: AppContext, { consoleDirectory }: ConsoleAppParts): Promise<void> {
  const file = decodeURIComponent(ctx.path.slice(FILES.length));
  await sendFile(ctx, join(consoleDirectory, FILES), file, {
    types: FILE_TYPES,
    cacheControl: HASHED.test(file) ? 'private, max-age=31536000, immutable' : 'private, no-cache',
  });
}

async function sendAppPage(ctx: AppContext, parts: ConsoleAppParts): Promise<void> {
  ctx.set('Cache-Control', 'no-store');
  const page = await readFile(join(parts.consoleDirectory, 'index.html'), 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
  if (page === null) {
    ctx.status = 503;
    parts.pages.render(ctx, 'console-missing', 'Console', {});
    return;
  }
  allowConsoleApp(ctx, parts.config.platformDomain);
  ctx.type = 'html';
  ctx.body = page.replaceAll(NONCE, ctx.state.nonce);
}
