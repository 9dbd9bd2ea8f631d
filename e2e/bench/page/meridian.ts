/** The theme's files as the baselines read them: settings, texts and colours, without the checks of the real loader. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mix, muted, readableOn } from '../../../server/themes/color.ts';

type Value = string | number | boolean;
export type Values = Readonly<Record<string, Value>>;

export const THEME_FOLDER = join(import.meta.dirname, '../../../templates/themes/meridian');

/** Every name that a template may use; those a page does not give are undefined. */
export const LOCAL_NAMES: readonly string[] = [
  ...['shop', 'settings', 'page', 'menus', 'model', 'cssVariables', 'nonce', 'content', 'url', 'asset', 'money', 't'],
  ...['product', 'image', 'link', 'pagination', 'heading', 'eager'],
  ...readJson<{ locals: string[] }>('config/theme.json').locals,
];

const data = readJson<{ current: string; presets: Record<string, Values> }>('config/settings_data.json');
const schema = readJson<{ settings?: { id?: string; default?: Value }[] }[]>('config/settings_schema.json');
const defaults: Values = {
  ...Object.fromEntries(
    schema.flatMap((group) => group.settings ?? []).map(({ id, default: value }) => [id ?? '', value ?? '']),
  ),
  ...data.presets[data.current],
};
const texts = new Map(flatten(readJson<object>('locales/en.json'), ''));
const assetsHash = hashAssets();

export function settingsOf(ofStore: Values): Values {
  return { ...defaults, ...ofStore };
}

/** The text of the page's one style element. */
export function cssVariables(values: Values): string {
  const color = (id: string) => String(values[`color_${id}`]);
  return `:root{${[
    `--color-primary:${color('primary')}`,
    `--color-on-primary:${readableOn(color('primary'))}`,
    `--color-background:${color('background')}`,
    `--color-surface:${color('surface')}`,
    `--color-text:${color('text')}`,
    `--color-text-muted:${muted(color('text'), color('background'))}`,
    `--color-border:${mix(color('text'), color('background'), 0.85)}`,
    `--color-accent:${color('accent')}`,
    `--color-on-accent:${readableOn(color('accent'))}`,
    `--radius:${Number(values['corner_radius'] ?? 0)}px`,
  ].join(';')}}`;
}

export function translate(key: string, params?: Readonly<Record<string, string | number>>): string {
  const text = texts.get(key) ?? key;
  return params ? text.replace(/\{(\w+)\}/g, (whole, name: string) => String(params[name] ?? whole)) : text;
}

export function asset(file: string): string {
  return `/assets/meridian/${assetsHash}/${file}`;
}

function readJson<Shape>(file: string): Shape {
  return JSON.parse(readFileSync(join(THEME_FOLDER, file), 'utf8')) as Shape;
}

function flatten(node: object, prefix: string): [string, string][] {
  return Object.entries(node).flatMap(([key, value]: [string, unknown]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : flatten(value as object, `${prefix}${key}.`),
  );
}

function hashAssets(): string {
  const folder = join(THEME_FOLDER, 'assets');
  const hash = createHash('sha256');
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  for (const path of entries.map((entry) => join(entry.parentPath, entry.name)).sort())
    hash.update(path.slice(folder.length)).update(readFileSync(path));
  return hash.digest('hex').slice(0, 12);
}
