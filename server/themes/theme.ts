import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ejs, { type TemplateFunction } from 'ejs';
import { z } from 'zod';
import { hashFolder } from './hash-folder.ts';
import {
  listSettings,
  resolveSettings,
  type SettingValues,
  settingsDataFile,
  settingsSchemaFile,
  type ThemeSetting,
} from './settings.ts';
import type { TemplateName, ThemeLocals } from './view-models.ts';

/** The name under which templates reach {@link Theme} parts; `include` itself cannot be given to an EJS template. */
const INCLUDE = 'includePart';
const PART_FOLDERS = ['sections', 'snippets'];
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
  const parts = new Map(PART_FOLDERS.flatMap((folder) => compileFolder(directory, folder, locals)));
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
      const page: object = { ...values, [INCLUDE]: (name: string, more?: object) => includePart(name, more) };
      const includePart = (name: string, more: object | undefined): string => {
        const part = parts.get(name);
        if (!part) throw new Error(`theme ${id} has no snippet or section "${name}"`);
        return part({ ...page, ...more });
      };
      return layout({ ...page, content: body(page) });
    },
  };
}

function compileFolder(directory: string, folder: string, locals: readonly string[]): [string, TemplateFunction][] {
  const files = readdirSync(join(directory, folder)).filter((file) => file.endsWith('.ejs'));
  return files.map((file) => [basename(file, '.ejs'), compileFile(directory, `${folder}/${file}`, locals)]);
}

/**
 * `strict` and no `with`: a misspelt name is an error, not an empty text. EJS's own `include` looks for its file
 * again each time; ours takes what was compiled at start, so a missing part is noticed and a page costs no file access.
 */
function compileFile(directory: string, file: string, locals: readonly string[]): TemplateFunction {
  const filename = join(directory, file);
  const text = readFileSync(filename, 'utf8').replace(/\binclude\(/g, `${INCLUDE}(`);
  return ejs.compile(text, {
    filename,
    strict: true,
    _with: false,
    compileDebug: true,
    destructuredLocals: [...locals, INCLUDE],
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
