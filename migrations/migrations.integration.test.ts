import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { QueryTypes } from 'sequelize';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMigrator, type Migration, migrationTarget } from '../server/database/migrator.ts';
import { createPostgresPool } from '../server/database/postgres/pool.ts';
import { schemaTarget } from '../server/database/postgres/schema-target.ts';
import { sequelizeOver } from '../server/database/postgres/sequelize.ts';
import { openSqliteFile } from '../server/database/sqlite-file.ts';
import { createTestDatabase } from '../server/testing/postgres-server.ts';
import { temporaryFolder } from '../server/testing/temporary-folder.ts';
import { settingsOf, shapeOf } from '../server/testing/test-backends.ts';
import { platformMigrations } from './platform/index.ts';
import { storeMigrations } from './store/index.ts';

const sets: readonly (readonly [string, readonly Migration[]])[] = [
  ['platform', platformMigrations],
  ['store', storeMigrations],
];

function openFile() {
  const file = openSqliteFile({ filename: join(temporaryFolder(), 'test.sqlite'), tables: [] });
  onTestFinished(() => file.close());
  const schema = () =>
    file.sequelize.query(
      "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name",
      { type: QueryTypes.SELECT },
    );
  return { file, schema };
}

describe.each(sets)('the %s migrations', (name, migrations) => {
  it('give the same schema when they run up, down and up again', async () => {
    const { file, schema } = openFile();
    const migrator = createMigrator(migrationTarget(file), migrations, 'the test');

    expect(await migrator.up()).toEqual(migrations.map((migration) => migration.name));
    const first = await schema();
    expect(first.length).toBeGreaterThan(migrations.length);
    await migrator.down();
    expect((await schema()).map((row) => (row as { name: string }).name)).toEqual(['schema_migrations']);
    await migrator.up();

    expect(await schema()).toEqual(first);
    expect(await migrator.up()).toEqual([]);
  });

  it('give the same schema on Postgres when they run up, down and up again', async () => {
    const url = await createTestDatabase();
    const pool = createPostgresPool(settingsOf(url), { max: 2 });
    onTestFinished(() => pool.close());
    await pool.use((client) => client.query('CREATE SCHEMA target'));
    const shape = () => shapeOf(url, 'target');
    const migrator = createMigrator(schemaTarget(sequelizeOver(pool), 'target', undefined), migrations, 'the test');

    expect(await migrator.up()).toEqual(migrations.map((migration) => migration.name));
    const first = await shape();
    expect(first.length).toBeGreaterThan(migrations.length);
    await migrator.down();
    expect((await shape()).filter((line) => !line.includes('schema_migrations'))).toEqual([]);
    await migrator.up();

    expect(await shape()).toEqual(first);
    expect(await migrator.up()).toEqual([]);
  });

  it('are all listed, each under the name of its file, in order', () => {
    const files = readdirSync(join(import.meta.dirname, name))
      .filter((file) => /^\d/.test(file))
      .map((file) => file.replace('.ts', ''));

    expect(migrations.map((migration) => migration.name)).toEqual(files.sort());
  });
});

it('a failing migration names itself and the database', async () => {
  const { file } = openFile();
  const broken: Migration = {
    name: '20990101000000-break',
    up: ({ run }) => run('NONSENSE'),
    down: async () => undefined,
  };

  await expect(createMigrator(migrationTarget(file), [broken], 'store techstore').up()).rejects.toThrow(
    /20990101000000-break of store techstore failed: .*syntax error/,
  );
});

it('a database that a newer version has changed is noticed', async () => {
  const { file } = openFile();
  const newer: Migration = { name: '20990101000000-newer', up: async () => undefined, down: async () => undefined };
  await createMigrator(migrationTarget(file), [...storeMigrations, newer], 'the test').up();

  expect(await createMigrator(migrationTarget(file), storeMigrations, 'the test').unknown()).toEqual([
    '20990101000000-newer',
  ]);
});

describe('add-domain-checks', () => {
  it('takes domains that were verified before as verified by the administrator', async () => {
    const { file } = openFile();
    const migrate = (count: number) =>
      createMigrator(migrationTarget(file), platformMigrations.slice(0, count), 'the test').up();
    const before = platformMigrations.findIndex(({ name }) => name.endsWith('add-domain-checks'));
    await migrate(before);
    await file.sequelize.query(
      "INSERT INTO stores (id, code, subdomain, schema_name, name, is_active, state, currency, locale, color, created_at, updated_at, metadata) VALUES (1, 'a', 'a', 'a', 'A', 1, 'ready', 'EUR', 'en', '#000000', 'x', 'x', '{}')",
    );
    for (const [domain, isVerified] of [
      ['old.test', 1],
      ['new.test', 0],
    ])
      await file.sequelize.query(
        `INSERT INTO store_domains (store_id, domain, is_primary, is_active, is_verified, verification_token, created_at) VALUES (1, '${domain}', 0, 1, ${isVerified}, 't', '2026-01-01')`,
      );

    await migrate(before + 1);

    const rows = await file.sequelize.query('SELECT domain, verified_by, verified_at FROM store_domains ORDER BY id', {
      type: QueryTypes.SELECT,
    });
    expect(rows).toEqual([
      { domain: 'old.test', verified_by: 'administrator', verified_at: '2026-01-01' },
      { domain: 'new.test', verified_by: null, verified_at: null },
    ]);
  });
});
