import type { Migration } from '../../server/database/migrator.ts';

const COLUMNS = ['verified_by', 'verified_at', 'checked_at', 'last_fault', 'checks'] as const;

/**
 * Remembers how each domain was proven and what the last look at it found. A store has one primary domain at most. What was
 * verified before this was verified by the platform's administrator, when it was added.
 */
export const addDomainChecks: Migration = {
  name: '20261121003000-add-domain-checks',
  async up({ run, hasColumn, types: t }) {
    const definitions = {
      verified_by: "TEXT CHECK (verified_by IN ('dns', 'file', 'administrator'))",
      verified_at: t.timestamp,
      checked_at: t.timestamp,
      last_fault: 'TEXT',
      checks: t.json,
    };
    for (const column of COLUMNS) {
      if (!(await hasColumn('store_domains', column)))
        await run(`ALTER TABLE store_domains ADD COLUMN ${column} ${definitions[column]}`);
    }
    await run(
      "UPDATE store_domains SET verified_by = 'administrator', verified_at = created_at WHERE is_verified AND verified_by IS NULL",
    );
    await run(
      'CREATE UNIQUE INDEX IF NOT EXISTS idx_store_domains_primary ON store_domains (store_id) WHERE is_primary',
    );
  },
  async down({ run, hasColumn }) {
    await run('DROP INDEX IF EXISTS idx_store_domains_primary');
    for (const column of COLUMNS) {
      if (await hasColumn('store_domains', column)) await run(`ALTER TABLE store_domains DROP COLUMN ${column}`);
    }
  },
};
