import type { Fault } from '../errors.ts';

/** Lower case letters, digits and hyphens, 3 to 50. Source: the platform's multi-tenant guide (`detect_store`). */
export const STORE_CODE_PATTERN = /^[a-z0-9-]{3,50}$/;

/** How a store is named where names may change: `store_12`. */
export const PUBLIC_ID_PATTERN = /^store_[1-9]\d{0,14}$/;

/**
 * Names that mean a page, an area or a service somewhere and can never be a store.
 * Source: shared design, features.md 1h C2.
 */
export const RESERVED_CODES: ReadonlySet<string> = new Set([
  'admin',
  'api',
  'www',
  'app',
  'static',
  'storage',
  'health',
  'metrics',
  'store',
  'stores',
  'storefront',
  'shop',
  'products',
  'cart',
  'checkout',
  'account',
  'orders',
  'login',
  'schema-info',
  'data',
  'request-flow',
  'db-routing',
  // Pages and services that this server adds to the list.
  'localhost',
  'public',
  'collections',
  'pages',
  'search',
  'media',
  'assets',
  'dashboard',
  'sign-in',
  'template',
  // Schemas of this program's own on Postgres.
  'platform',
  'store-template',
]);

/** Codes compare case-insensitively; this is the one spelling that is stored. */
export function normalizeStoreCode(code: string): string {
  return code.trim().toLowerCase();
}

/** Every reason why a text cannot be a store's code; empty when it can. The text must be normalized. */
export function storeCodeFaults(code: string): Fault[] {
  const faults: Fault[] = [];
  const add = (message: string) => faults.push({ field: 'code', message });
  if (code.length < 3) add('must have at least 3 characters');
  if (code.length > 50) add(`must have at most 50 characters; this has ${code.length}`);
  const wrong = [...new Set(code.replace(/[a-z0-9-]/g, ''))];
  if (wrong.length > 0) {
    add(`may hold only a to z, 0 to 9 and hyphens; ${wrong.map((letter) => `"${letter}"`).join(', ')} cannot be used`);
  }
  if (/^-|-$/.test(code)) add('must not begin or end with a hyphen: it becomes part of a host name');
  if (code === 'information-schema' || code.startsWith('pg-')) add(`"${code}" would be a schema of Postgres itself`);
  if (RESERVED_CODES.has(code)) add(`"${code}" is reserved: it is the name of a page or service`);
  return faults;
}

/** Suggests a code for a store's name: `Fashion Boutique` gives `fashion-boutique`. May be too short to be valid. */
export function suggestStoreCode(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '');
}

/** The schema that belongs to a code. Source: features.md 1h C4. */
export function schemaNameOf(code: string): string {
  return code.replaceAll('-', '_');
}
