import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ejs from 'ejs';
import { catalogueLocals, PAGE_SIZE } from '../page/catalogue-locals.ts';
import { LOCAL_NAMES, THEME_FOLDER } from '../page/meridian.ts';
import type { CataloguePage } from '../page/serve-page.ts';
import { openStores } from './stores.ts';

/** The catalogue page over the files of a data folder. */
export function createCataloguePage(dataDir: string): CataloguePage {
  const stores = openStores(dataDir);
  const layout = compile('layout/theme.ejs');
  const collection = compile('templates/collection.ejs');
  const parts = new Map(['sections', 'snippets'].flatMap(compileFolder));
  return (subdomain, request) => {
    const store = stores.find(subdomain);
    if (!store) return null;
    const offset = (request.page - 1) * PAGE_SIZE;
    const found = store.products(request.sort, offset);
    const total = found.length <= PAGE_SIZE ? offset + found.length : store.countProducts();
    const locals = catalogueLocals(store.shop, found.slice(0, PAGE_SIZE), total, request);
    locals['part'] = (name: string, more?: object) => parts.get(name)?.({ ...locals, ...more });
    locals['content'] = collection(locals);
    return layout(locals);
  };
}

function compileFolder(folder: string): [string, ejs.TemplateFunction][] {
  const files = readdirSync(join(THEME_FOLDER, folder));
  return files.map((file) => [basename(file, '.ejs'), compile(`${folder}/${file}`)]);
}

/** As fast as EJS goes: no `with`, no line numbers for errors, and no file looked for at a request. */
function compile(file: string): ejs.TemplateFunction {
  const filename = join(THEME_FOLDER, file);
  return ejs.compile(readFileSync(filename, 'utf8').replace(/\binclude\(/g, 'part('), {
    filename,
    strict: true,
    _with: false,
    compileDebug: false,
    destructuredLocals: [...LOCAL_NAMES, 'part'],
  });
}
