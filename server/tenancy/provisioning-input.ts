import { z } from 'zod';
import type { StoreLogo, StoreRecord } from '../database/platform-tables.ts';
import type { StoreDatabase } from '../database/store-database.ts';
import type { PreparedLogo } from './logo-files.ts';
import type { StoreDraft } from './store-input.ts';

const base64Logo = z.object({ width: z.number(), height: z.number(), picture: z.string(), favicon: z.string() });

const seedRecipe = z.object({
  catalogue: z.string(),
  isDemo: z.boolean(),
  hasOwnColor: z.boolean(),
  logo: base64Logo.nullable(),
});

/** What a new store is filled with, as data: after a crash it is done again. */
export interface SeedRecipe {
  /** `empty`, or the code of a demo store whose goods are copied. */
  readonly catalogue: string;
  /** Makes the demo store itself: with its customers, orders and logo. */
  readonly isDemo: boolean;
  /** The theme takes the store's colour instead of the catalogue's. */
  readonly hasOwnColor: boolean;
  /** The logo that was chosen, its files in Base64: kept with the job, so that no crash loses it or leaves it behind. */
  readonly logo: Readonly<z.infer<typeof base64Logo>> | null;
}

/** Fills a new, empty store; returns its logo, when it has one. */
export type SeedStore = (recipe: SeedRecipe, store: StoreRecord, database: StoreDatabase) => Promise<StoreLogo | null>;

const provisioningInput = z.object({
  draft: z.object({
    name: z.string(),
    code: z.string(),
    currency: z.string(),
    color: z.string(),
    owner: z.object({ email: z.string(), name: z.string() }).nullable(),
    domains: z.array(z.string()),
  }),
  recipe: seedRecipe,
  actor: z.string(),
});

/** Everything the steps of making a store need. */
export interface ProvisioningInput {
  readonly draft: StoreDraft;
  readonly recipe: SeedRecipe;
  /** Who asked, for the audit log. */
  readonly actor: string;
}

/** Reads what a job kept; null when another version of the program wrote it in another form. */
export function readProvisioningInput(kept: unknown): ProvisioningInput | null {
  return provisioningInput.safeParse(kept).data ?? null;
}

/** A logo as a recipe keeps it. */
export function packLogo({ width, height, picture, favicon }: PreparedLogo): NonNullable<SeedRecipe['logo']> {
  return { width, height, picture: picture.toString('base64'), favicon: favicon.toString('base64') };
}

/** A recipe's logo as it is written. */
export function unpackLogo({ width, height, picture, favicon }: NonNullable<SeedRecipe['logo']>): PreparedLogo {
  return { width, height, picture: Buffer.from(picture, 'base64'), favicon: Buffer.from(favicon, 'base64') };
}
