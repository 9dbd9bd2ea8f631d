import type { Migration } from '../../server/database/migrator.ts';

/** Remembers how far the making of each store has come. Without a reference to the store: a failed one leaves its job. */
export const addProvisioningJobs: Migration = {
  name: '20261121002500-add-provisioning-jobs',
  async up({ run, types: t }) {
    await run(`CREATE TABLE IF NOT EXISTS provisioning_jobs (
      id ${t.uuid} PRIMARY KEY NOT NULL,
      store_id ${t.integer} NOT NULL,
      code TEXT NOT NULL,
      name TEXT NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('running', 'undoing', 'done', 'failed')),
      input ${t.json},
      steps ${t.json} NOT NULL,
      attempts ${t.integer} NOT NULL,
      started_at ${t.timestamp} NOT NULL,
      finished_at ${t.timestamp},
      error TEXT
    )`);
    await run('CREATE INDEX IF NOT EXISTS idx_provisioning_jobs_state ON provisioning_jobs (state, started_at)');
  },
  async down({ run }) {
    await run('DROP TABLE IF EXISTS provisioning_jobs');
  },
};
