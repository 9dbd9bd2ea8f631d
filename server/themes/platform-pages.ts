import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs, { type TemplateFunction } from 'ejs';
import type { AppContext } from '../context.ts';
import { hashFolder } from './hash-folder.ts';

/** The platform's own pages, in `templates/pages`. */
export type PlatformPageName = 'landing' | 'error' | 'console' | 'console-sign-in' | 'dashboard' | 'dashboard-sign-in';

export interface PlatformPages {
  readonly directory: string;
  readonly assetsHash: string;
  /** Answers with a page; its templates see `model`, `title` and `asset`. */
  render(ctx: AppContext, name: PlatformPageName, title: string, model: object): void;
}

const NAMES: readonly PlatformPageName[] = [
  'landing',
  'error',
  'console',
  'console-sign-in',
  'dashboard',
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
      destructuredLocals: ['title', 'model', 'asset', 'content', 'ladder'],
    });
  };
  const layout = compileFile('layout.ejs');
  const pages = new Map(NAMES.map((name) => [name, compileFile(`${name}.ejs`)]));
  const assetsHash = hashFolder(join(directory, 'assets'));
  const asset = (file: string) => `/assets/platform/${assetsHash}/${file}`;
  return {
    directory,
    assetsHash,
    render(ctx, name, title, model) {
      const locals = { title, model, asset };
      ctx.type = 'html';
      ctx.body = layout({ ...locals, content: pages.get(name)?.(locals) });
    },
  };
}
