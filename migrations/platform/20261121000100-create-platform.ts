import type { Migration } from '../../server/database/migrator.ts';

/** Stores, their domains, the people of the platform, its settings and its audit log. */
export const createPlatform: Migration = {
  name: '20261121000100-create-platform',
  async up({ run, types: t }) {
    await run(`CREATE TABLE IF NOT EXISTS stores (
      id ${t.serial},
      code TEXT NOT NULL UNIQUE,
      subdomain TEXT NOT NULL UNIQUE,
      schema_name TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      is_active ${t.boolean} NOT NULL,
      state TEXT NOT NULL CHECK (state IN ('provisioning', 'ready', 'deleting')),
      currency TEXT NOT NULL,
      locale TEXT NOT NULL,
      color TEXT NOT NULL,
      created_at ${t.timestamp} NOT NULL,
      updated_at ${t.timestamp} NOT NULL,
      metadata ${t.json} NOT NULL,
      CHECK (code = lower(code))
    )`);
    await run(`CREATE TABLE IF NOT EXISTS store_domains (
      id ${t.serial},
      store_id ${t.integer} NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
      domain TEXT NOT NULL UNIQUE,
      is_primary ${t.boolean} NOT NULL,
      is_active ${t.boolean} NOT NULL,
      is_verified ${t.boolean} NOT NULL,
      verification_token TEXT NOT NULL,
      created_at ${t.timestamp} NOT NULL,
      CHECK (domain = lower(domain))
    )`);
    await run('CREATE INDEX IF NOT EXISTS idx_store_domains_store_id ON store_domains (store_id)');
    await run(`CREATE TABLE IF NOT EXISTS users (
      id ${t.uuid} PRIMARY KEY NOT NULL,
      email TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      created_at ${t.timestamp} NOT NULL,
      CHECK (email = lower(email))
    )`);
    await run(`CREATE TABLE IF NOT EXISTS memberships (
      user_id ${t.uuid} NOT NULL REFERENCES users (id) ON DELETE CASCADE,
      store_id ${t.integer} NOT NULL REFERENCES stores (id) ON DELETE CASCADE,
      role TEXT NOT NULL CHECK (role IN ('store_owner', 'store_staff')),
      created_at ${t.timestamp} NOT NULL,
      PRIMARY KEY (user_id, store_id)
    )`);
    await run('CREATE INDEX IF NOT EXISTS idx_memberships_store_id ON memberships (store_id)');
    await run(`CREATE TABLE IF NOT EXISTS sessions (
      token_hash TEXT PRIMARY KEY NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('console', 'staff')),
      user_id ${t.uuid} REFERENCES users (id) ON DELETE CASCADE,
      store_id ${t.integer} REFERENCES stores (id) ON DELETE CASCADE,
      created_at ${t.timestamp} NOT NULL,
      expires_at ${t.timestamp} NOT NULL
    )`);
    await run(`CREATE TABLE IF NOT EXISTS settings (
      name TEXT PRIMARY KEY NOT NULL,
      value ${t.json} NOT NULL
    )`);
    await run(`CREATE TABLE IF NOT EXISTS audit_log (
      id ${t.uuid} PRIMARY KEY NOT NULL,
      at ${t.timestamp} NOT NULL,
      actor TEXT NOT NULL,
      store_id ${t.integer},
      action TEXT NOT NULL,
      resource TEXT NOT NULL,
      changes ${t.json} NOT NULL
    )`);
    await run('CREATE INDEX IF NOT EXISTS idx_audit_log_store_id ON audit_log (store_id, at)');
  },
  async down({ run }) {
    for (const table of ['audit_log', 'settings', 'sessions', 'memberships', 'users', 'store_domains', 'stores']) {
      await run(`DROP TABLE IF EXISTS ${table}`);
    }
  },
};
