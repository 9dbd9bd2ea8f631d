import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs, { type TemplateFunction } from 'ejs';
import type { AppContext } from '../context.ts';
import { hashFolder } from './hash-folder.ts';

/** The platform's own pages, in `templates/pages`. */
export type PlatformPageName =
  | 'landing'
  | 'error'
  | 'signed-in'
  | 'console-missing'
  | 'console-sign-in'
  | 'dashboard'
  | 'dashboard-domain'
  | 'dashboard-domains'
  | 'dashboard-sign-in';

export interface PlatformPages {
  readonly directory: string;
  readonly assetsHash: string;
  /** Answers with a page; its templates see `model`, `title` and `asset`. */
  render(ctx: AppContext, name: PlatformPageName, title: string, model: object): void;
  /**
   * Leads on after a sign-in. A page, not a redirect: after a redirect that began on another site, browsers do not
   * send a strict cookie.
   * @param title what the page says for its moment
   */
  renderSignedIn(ctx: AppContext, target: string, title?: string): void;
}

const NAMES: readonly PlatformPageName[] = [
  'landing',
  'error',
  'signed-in',
  'console-missing',
  'console-sign-in',
  'dashboard',
  'dashboard-domain',
  'dashboard-domains',
  'dashboard-sign-in',
];

/** Reads the platform's pages. @throws {Error} naming the template that is missing or wrong */
export function loadPlatformPages(directory: string): PlatformPages {
  const compileFile = (file: string): TemplateFunction => {
    const filename = join(directory, file);
    return ejs.compile(readFileSync(filename, 'utf8'), {
      filename,
      root: directory,
      cache: true,
      strict: true,
      _with: false,
      destructuredLocals: ['title', 'model', 'asset', 'content', 'ladder', 'nonce', 'inlineStyle', 'current'],
    });
  };
  const layout = compileFile('layout.ejs');
  const pages = new Map(NAMES.map((name) => [name, compileFile(`${name}.ejs`)]));
  const assetsHash = hashFolder(join(directory, 'assets'));
  const asset = (file: string) => `/assets/platform/${assetsHash}/${file}`;
  const stylesheet = readFileSync(join(directory, 'assets/platform.css'), 'utf8');

  function render(ctx: AppContext, name: PlatformPageName, title: string, model: object): void {
    // A host that is refused cannot load files either: its one page brings its style along.
    const isRefused =
      !ctx.state.resolution ||
      ctx.state.resolution.refusal?.status === 421 ||
      ctx.state.resolution.refusal?.status === 400;
    const locals = { title, model, asset, nonce: ctx.state.nonce, inlineStyle: isRefused ? stylesheet : null };
    ctx.type = 'html';
    ctx.body = layout({ ...locals, content: pages.get(name)?.(locals) });
  }

  return {
    directory,
    assetsHash,
    render,
    renderSignedIn(ctx, target, title = 'Signed in') {
      ctx.set('Cache-Control', 'no-store');
      render(ctx, 'signed-in', title, { target });
    },
  };
}
