import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ejs, { type TemplateFunction } from 'ejs';
import { z } from 'zod';
import {
  listSettings,
  resolveSettings,
  type SettingValues,
  settingsDataFile,
  settingsSchemaFile,
  type ThemeSetting,
} from './settings.ts';
import type { TemplateName, ThemeLocals } from './view-models.ts';

const TEMPLATES: readonly TemplateName[] = ['index', 'collection', 'product', 'search', 'page', '404', 'error'];
const STANDARD_LOCALS = [
  'shop',
  'settings',
  'page',
  'menus',
  'model',
  'cssVariables',
  'nonce',
  'content',
  'url',
  'asset',
  'money',
  't',
];
const SNIPPET_LOCALS = ['product', 'image', 'link', 'pagination', 'heading', 'eager'];

const themeFile = z.object({ name: z.string(), version: z.string(), locals: z.array(z.string()) });

/** A theme that ships with the project: its code is trusted and runs compiled. */
export interface Theme {
  readonly id: string;
  readonly name: string;
  readonly directory: string;
  /** Part of every asset's URL; changes when any asset does. */
  readonly assetsHash: string;
  readonly settings: readonly ThemeSetting[];
  /** Values of a store: its own, else the preset's, else the schema's. */
  valuesFor(ofStore: SettingValues): SettingValues;
  /** A text by its dotted key; the key itself when the theme has none. */
  translate(key: string, params?: Readonly<Record<string, string | number>>): string;
  /** The whole page as HTML. */
  render<T extends TemplateName>(template: T, locals: ThemeLocals<T>): string;
}

/**
 * Reads a theme's folder: Shopify's layout with `.ejs` templates.
 * @throws {Error} naming the file that is missing or wrong
 */
export function loadTheme(directory: string, id: string): Theme {
  const info = readJson(directory, 'config/theme.json', themeFile);
  const settings = listSettings(readJson(directory, 'config/settings_schema.json', settingsSchemaFile));
  const data = readJson(directory, 'config/settings_data.json', settingsDataFile);
  const preset = data.presets[data.current] ?? {};
  const texts = flatten(JSON.parse(readFileSync(join(directory, 'locales/en.json'), 'utf8')));
  const locals = [...new Set([...STANDARD_LOCALS, ...SNIPPET_LOCALS, ...info.locals])];
  const layout = compileFile(directory, 'layout/theme.ejs', locals);
  const templates = new Map(TEMPLATES.map((name) => [name, compileFile(directory, `templates/${name}.ejs`, locals)]));
  return {
    id,
    name: info.name,
    directory,
    assetsHash: hashFolder(join(directory, 'assets')),
    settings,
    valuesFor: (ofStore) => resolveSettings(settings, preset, ofStore),
    translate(key, params) {
      const text = texts.get(key) ?? key;
      return params ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole)) : text;
    },
    render(template, values) {
      const body = templates.get(template);
      if (!body) throw new TypeError(`theme ${id} has no template ${template}`);
      return layout({ ...values, content: body(values) });
    },
  };
}

/** `strict` and no `with`: a misspelt name is an error, not an empty text. Includes are snippets and sections by name. */
function compileFile(directory: string, file: string, locals: readonly string[]): TemplateFunction {
  const filename = join(directory, file);
  return ejs.compile(readFileSync(filename, 'utf8'), {
    filename,
    views: [join(directory, 'snippets'), join(directory, 'sections')],
    cache: true,
    strict: true,
    _with: false,
    compileDebug: true,
    destructuredLocals: [...locals],
  });
}

function readJson<Shape extends z.ZodType>(directory: string, file: string, shape: Shape): z.infer<Shape> {
  const result = shape.safeParse(JSON.parse(readFileSync(join(directory, file), 'utf8')));
  if (result.success) return result.data;
  throw new Error(`${file} of the theme in ${directory} is wrong: ${z.prettifyError(result.error)}`);
}

function flatten(node: unknown, prefix = '', into = new Map<string, string>()): Map<string, string> {
  if (typeof node === 'string') return into.set(prefix, node);
  for (const [key, value] of Object.entries(node as object)) flatten(value, prefix ? `${prefix}.${key}` : key, into);
  return into;
}

function hashFolder(directory: string): string {
  const hash = createHash('sha256');
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of entries.map((entry) => join(entry.parentPath, entry.name)).sort())
    hash.update(path.slice(directory.length)).update(readFileSync(path));
  return hash.digest('hex').slice(0, 12);
}
