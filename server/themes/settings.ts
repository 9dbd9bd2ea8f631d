import { z } from 'zod';
import { mix, muted, readableOn } from './color.ts';

export type SettingValue = string | number | boolean;
export type SettingValues = Readonly<Record<string, SettingValue>>;

/** One setting of `config/settings_schema.json`; the format is Shopify's. */
const settingSchema = z.looseObject({
  type: z.string(),
  id: z.string().optional(),
  label: z.string().optional(),
  default: z.union([z.string(), z.number(), z.boolean()]).optional(),
  options: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});

export const settingsSchemaFile = z.array(
  z.looseObject({ name: z.string(), settings: z.array(settingSchema).optional() }),
);

export const settingsDataFile = z.object({
  current: z.string(),
  presets: z.record(z.string(), z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))),
});

export interface ThemeSetting {
  readonly id: string;
  readonly type: string;
  readonly default: SettingValue;
  readonly options: readonly string[] | null;
  readonly min: number | null;
  readonly max: number | null;
}

/** The settings of a schema that hold a value, in its order. */
export function listSettings(schema: z.infer<typeof settingsSchemaFile>): ThemeSetting[] {
  return schema
    .flatMap((group) => group.settings ?? [])
    .flatMap((setting) =>
      setting.id === undefined
        ? []
        : [
            {
              id: setting.id,
              type: setting.type,
              default: setting.default ?? '',
              options: setting.options?.map((option) => option.value) ?? null,
              min: setting.min ?? null,
              max: setting.max ?? null,
            },
          ],
    );
}

/** Store's value > preset > the schema's default. A value that the schema does not allow is passed over. */
export function resolveSettings(
  settings: readonly ThemeSetting[],
  preset: SettingValues,
  ofStore: SettingValues,
): SettingValues {
  const values: Record<string, SettingValue> = {};
  for (const setting of settings) {
    const candidates = [ofStore[setting.id], preset[setting.id]];
    values[setting.id] =
      candidates.find((value) => value !== undefined && isAllowed(setting, value)) ?? setting.default;
  }
  return Object.freeze(values);
}

/** Whether a value fits its setting's type, options and range. */
export function isAllowed(setting: ThemeSetting, value: SettingValue): boolean {
  if (setting.options) return typeof value === 'string' && setting.options.includes(value);
  switch (setting.type) {
    case 'color':
      return typeof value === 'string' && /^#[0-9a-fA-F]{6}$/.test(value);
    case 'checkbox':
      return typeof value === 'boolean';
    case 'range':
    case 'number':
      return typeof value === 'number' && value >= (setting.min ?? -Infinity) && value <= (setting.max ?? Infinity);
    default:
      return typeof value === 'string';
  }
}

/** The text of a page's `<style>` element: colours with their readable counterparts, and the corner radius. */
export function cssVariables(values: SettingValues): string {
  const color = (id: string, fallback: string) => (isColor(values[id]) ? String(values[id]) : fallback);
  const background = color('color_background', '#ffffff');
  const text = color('color_text', '#1b1d1e');
  const primary = color('color_primary', '#1f2a2e');
  const accent = color('color_accent', '#b3401f');
  const variables: Readonly<Record<string, string>> = {
    'color-primary': primary,
    'color-on-primary': readableOn(primary),
    'color-background': background,
    'color-surface': color('color_surface', '#f3f3f1'),
    'color-text': text,
    'color-text-muted': muted(text, background),
    'color-border': mix(text, background, 0.85),
    'color-accent': accent,
    'color-on-accent': readableOn(accent),
    radius: `${Number(values['corner_radius'] ?? 0)}px`,
  };
  const lines = Object.entries(variables).map(([name, value]) => `--${name}:${value}`);
  return `:root{${lines.join(';')}}`;
}

function isColor(value: SettingValue | undefined): boolean {
  return typeof value === 'string' && /^#[0-9a-fA-F]{6}$/.test(value);
}
