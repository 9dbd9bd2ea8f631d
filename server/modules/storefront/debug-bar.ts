import type { AppContext } from '../../context.ts';
import { origin } from '../../tenancy/origin.ts';

/** What the debug bar of storefront pages needs of the server. */
export interface DebugBar {
  /** Read for every page: it can be switched on and off. */
  readonly isOn: () => boolean;
  /** The URL of a file of the platform's own assets. */
  readonly asset: (file: string) => string;
  readonly platformDomain: string;
}

/**
 * The page with the bar that leads to its request. Themes know nothing of it: one script of this server draws it, and
 * a page without scripts is as it was. Pages in frames, as those of previews, have none.
 */
export function withDebugBar(ctx: AppContext, html: string, bar: DebugBar): string {
  if (!bar.isOn() || !isPageOfItsOwn(ctx)) return html;
  const end = html.lastIndexOf('</body>');
  if (end === -1) return html;
  const facts = escapeAttribute(JSON.stringify(factsOf(ctx, bar)));
  const script = `<script src="${bar.asset('debug-bar.js')}" defer data-orion-debug-bar="${facts}"></script>\n`;
  return html.slice(0, end) + script + html.slice(end);
}

/** Browsers say what a page is for; those that do not, as on a plain domain, ask for HTML by name. */
function isPageOfItsOwn(ctx: AppContext): boolean {
  if (ctx.method !== 'GET') return false;
  const purpose = ctx.get('Sec-Fetch-Dest');
  return purpose === '' ? ctx.get('Accept').includes('text/html') : purpose === 'document';
}

/** What is known while the page is made; the script adds what the browser has measured. */
function factsOf(ctx: AppContext, { asset, platformDomain }: DebugBar): object {
  const { requestId, trace, resolution } = ctx.state;
  const consoleOrigin = origin(ctx.protocol, `admin.${platformDomain}`, resolution.port);
  const url = origin(ctx.protocol, resolution.hostname, resolution.port) + ctx.originalUrl;
  const { store } = resolution;
  return {
    style: asset('debug-bar.css'),
    requestUrl: `${consoleOrigin}/requests/${encodeURIComponent(requestId)}`,
    whyUrl: `${consoleOrigin}/routing?url=${encodeURIComponent(url)}`,
    store: { code: store?.code ?? '', name: store?.name ?? '', color: store?.color ?? '' },
    mode: resolution.mode,
    area: resolution.area,
    status: ctx.status,
    ms: Date.now() - trace.startedAt,
    statements: trace.sql.length,
    sqlMs: rounded(trace.sql.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    ladder: resolution.ladder.map(({ rule, result, reason }) => ({ rule, result, reason })),
  };
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
