import type { Migration } from '../../server/database/migrator.ts';

/** Pages, menus, and the store's settings and theme. */
export const createContent: Migration = {
  name: '20261121000300-create-content',
  async up({ run, types: t }) {
    await run(`CREATE TABLE IF NOT EXISTS pages (
      id ${t.uuid} PRIMARY KEY NOT NULL,
      store_id ${t.integer} NOT NULL,
      handle TEXT NOT NULL,
      title TEXT NOT NULL,
      body_html TEXT NOT NULL,
      created_at ${t.timestamp} NOT NULL,
      updated_at ${t.timestamp} NOT NULL,
      deleted_at ${t.timestamp},
      UNIQUE (store_id, id),
      UNIQUE (store_id, handle)
    )`);
    await run(`CREATE TABLE IF NOT EXISTS menus (
      id ${t.uuid} PRIMARY KEY NOT NULL,
      store_id ${t.integer} NOT NULL,
      handle TEXT NOT NULL,
      items ${t.json} NOT NULL,
      UNIQUE (store_id, handle)
    )`);
    await run(`CREATE TABLE IF NOT EXISTS store_themes (
      id ${t.uuid} PRIMARY KEY NOT NULL,
      store_id ${t.integer} NOT NULL,
      theme TEXT NOT NULL,
      settings ${t.json} NOT NULL,
      is_active ${t.boolean} NOT NULL,
      updated_at ${t.timestamp} NOT NULL,
      UNIQUE (store_id, theme)
    )`);
    await run(`CREATE TABLE IF NOT EXISTS store_settings (
      id ${t.uuid} PRIMARY KEY NOT NULL,
      store_id ${t.integer} NOT NULL,
      name TEXT NOT NULL,
      value ${t.json} NOT NULL,
      UNIQUE (store_id, name)
    )`);
  },
  async down({ run }) {
    for (const table of ['store_settings', 'store_themes', 'menus', 'pages'])
      await run(`DROP TABLE IF EXISTS ${table}`);
  },
};
