import type { Migration } from '../../server/database/migrator.ts';

const COLUMNS = ['version', 'logo', 'deleted_at'] as const;

/** Counts a store's changes, names its logo, and keeps deleted stores until they are removed for good. */
export const addStoreChanges: Migration = {
  name: '20261121001000-add-store-changes',
  async up({ run, hasColumn, types: t }) {
    const definitions = { version: `${t.integer} NOT NULL DEFAULT 1`, logo: t.json, deleted_at: t.timestamp };
    for (const column of COLUMNS) {
      if (!(await hasColumn('stores', column)))
        await run(`ALTER TABLE stores ADD COLUMN ${column} ${definitions[column]}`);
    }
  },
  async down({ run, hasColumn }) {
    for (const column of COLUMNS) {
      if (await hasColumn('stores', column)) await run(`ALTER TABLE stores DROP COLUMN ${column}`);
    }
  },
};
