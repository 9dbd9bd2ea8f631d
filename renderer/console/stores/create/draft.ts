import { z } from 'zod';
import type { Catalogue, CreateStoreInput, LogoUpload } from '../../../../server/contract/stores.ts';

/** What was typed into the form of a new store. */
export const draftShape = z.object({
  name: z.string().default(''),
  /** Null: the one that is suggested for the name. */
  code: z.string().nullable().default(null),
  catalogue: z.string().default('empty'),
  /** Null: the one that is suggested. */
  color: z.string().nullable().default(null),
  /** Null: the catalogue's, or EUR. */
  currency: z.string().nullable().default(null),
  ownerEmail: z.string().default(''),
  ownerName: z.string().default(''),
});
export type Draft = Readonly<z.infer<typeof draftShape>>;

/** The fields in the order in which they are filled in: the focus goes to the first that is wrong. */
export const FORM_FIELDS = [
  'name',
  'code',
  'catalogue',
  'color',
  'logo',
  'currency',
  'ownerEmail',
  'ownerName',
] as const;
export type FormField = (typeof FORM_FIELDS)[number];

export const EMPTY_DRAFT: Draft = draftShape.parse({});

/** True when something was typed or chosen that would be missed. */
export function isDirty(draft: Draft): boolean {
  return Object.entries(EMPTY_DRAFT).some(([key, value]) => draft[key as keyof Draft] !== value);
}

/** The draft as the server takes it, with what was left to suggestions filled in. */
export function toInput(
  draft: Draft,
  filled: { readonly code: string; readonly color: string; readonly currency: string },
  logo: LogoUpload | undefined,
): CreateStoreInput {
  const email = draft.ownerEmail.trim();
  const owner = draft.ownerName.trim();
  return {
    name: draft.name,
    ...(filled.code === '' ? {} : { code: filled.code }),
    color: filled.color,
    currency: filled.currency,
    catalogue: draft.catalogue,
    ...(email === '' ? {} : { ownerEmail: email }),
    ...(owner === '' ? {} : { ownerName: owner }),
    ...(logo ? { logo } : {}),
  };
}

/** What a code may look like while it is typed: upper case and spaces would only be refused. */
export function tidyCode(typed: string): string {
  return typed.toLowerCase().replace(/[\s_]+/g, '-');
}

/**
 * A code for a name, before the server has said which one is free: `Café Noir` gives `cafe-noir`.
 * Source: server/tenancy/store-code.ts, `suggestStoreCode`.
 */
export function suggestCode(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '');
}

/** The currency of a draft: chosen, else that of the goods, so that their prices stay as they are. */
export function currencyOf(draft: Draft, catalogue: Catalogue | undefined): string {
  return draft.currency ?? catalogue?.currency ?? 'EUR';
}
