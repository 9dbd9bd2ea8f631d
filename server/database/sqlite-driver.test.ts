import { join } from 'node:path';
import { DataTypes, QueryTypes, Sequelize } from 'sequelize';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { createSqliteDialectModule } from './sqlite-driver.ts';
import type { StatementEvent } from './statement-event.ts';

/** What Sequelize's sqlite dialect relies on. */
function openSequelize(events: StatementEvent[] = []): Sequelize {
  const sequelize = new Sequelize({
    dialect: 'sqlite',
    storage: join(temporaryFolder(), 'test.sqlite'),
    dialectModule: createSqliteDialectModule({ onStatement: (event) => events.push(event) }),
    logging: false,
  });
  onTestFinished(() => sequelize.close());
  return sequelize;
}

function defineThing(sequelize: Sequelize) {
  return sequelize.define(
    'thing',
    {
      id: { type: DataTypes.INTEGER, primaryKey: true, autoIncrement: true },
      name: { type: DataTypes.TEXT, unique: true },
      isOn: DataTypes.BOOLEAN,
      at: DataTypes.DATE,
      extra: DataTypes.JSON,
      bytes: DataTypes.BLOB,
    },
    { timestamps: false },
  );
}

describe('the driver under Sequelize', () => {
  it('keeps text, booleans, dates, JSON, binary and null as they were', async () => {
    const things = defineThing(openSequelize());
    await things.sync();
    const at = new Date('2026-11-21T10:20:30.456Z');
    const row = {
      name: "Zoë's 💡 \u0000 \\ % _",
      isOn: true,
      at,
      extra: { list: [1, null, 'x'] },
      bytes: Buffer.from([0, 255, 1]),
    };

    const made = await things.create(row);
    await things.create({ name: 'empty' });

    expect(made.get('id')).toBe(1);
    expect((await things.findByPk(1))?.get()).toEqual({ id: 1, ...row });
    expect((await things.findByPk(2))?.get()).toEqual({
      id: 2,
      name: 'empty',
      isOn: null,
      at: null,
      extra: null,
      bytes: null,
    });
  });

  it('says how many rows an update and a delete touched', async () => {
    const things = defineThing(openSequelize());
    await things.sync();
    await things.bulkCreate([{ name: 'a' }, { name: 'b' }, { name: 'c' }]);

    expect(await things.update({ isOn: true }, { where: { name: ['a', 'b'] } })).toEqual([2]);
    expect(await things.destroy({ where: { isOn: true } })).toBe(2);
    expect(await things.count()).toBe(1);
  });

  it('gives the errors that Sequelize tells apart', async () => {
    const things = defineThing(openSequelize());
    await things.sync();
    await things.create({ name: 'a' });

    await expect(things.create({ name: 'a' })).rejects.toMatchObject({ name: 'SequelizeUniqueConstraintError' });
    await expect(things.sequelize?.query('SELECT nonsense FROM things')).rejects.toMatchObject({
      name: 'SequelizeDatabaseError',
    });
  });

  it('binds named and positional values', async () => {
    const sequelize = openSequelize();
    const named = await sequelize.query('SELECT $a AS a, $b AS b', { bind: { a: 1, b: 'x' }, type: QueryTypes.SELECT });
    const positional = await sequelize.query('SELECT $1 AS a, $2 AS b', {
      bind: [true, null],
      type: QueryTypes.SELECT,
    });

    expect(named).toEqual([{ a: 1, b: 'x' }]);
    expect(positional).toEqual([{ a: 1, b: null }]);
  });

  it('rolls a transaction back, and keeps what others wrote', async () => {
    const sequelize = openSequelize();
    const things = defineThing(sequelize);
    await things.sync();
    await things.create({ name: 'kept' });

    const failing = sequelize.transaction(async (transaction) => {
      await things.create({ name: 'lost' }, { transaction });
      throw new Error('stop');
    });

    await expect(failing).rejects.toThrow('stop');
    expect((await things.findAll()).map((row) => row.get('name'))).toEqual(['kept']);
  });

  it('sees columns that are added later', async () => {
    const sequelize = openSequelize();
    await sequelize.query('CREATE TABLE t (a INTEGER)');
    await sequelize.query('SELECT * FROM `t`');
    await sequelize.query('ALTER TABLE t ADD COLUMN b INTEGER');
    await sequelize.query('INSERT INTO t (a, b) VALUES (1, 2)');

    expect(await sequelize.query('SELECT * FROM `t`', { type: QueryTypes.SELECT })).toEqual([{ a: 1, b: 2 }]);
  });

  it('opens files safely: write-ahead log, full synchronisation, foreign keys', async () => {
    const sequelize = openSequelize();
    const pragma = async (name: string) =>
      Object.values((await sequelize.query(`PRAGMA ${name}`, { type: QueryTypes.SELECT, plain: true })) ?? {})[0];

    expect([await pragma('journal_mode'), await pragma('synchronous'), await pragma('foreign_keys')]).toEqual([
      'wal',
      2,
      1,
    ]);
  });

  it('refuses a file that is not there when it must not be made', async () => {
    const dialectModule = createSqliteDialectModule();
    const storage = join(temporaryFolder(), 'missing.sqlite');
    const sequelize = new Sequelize({
      dialect: 'sqlite',
      storage,
      dialectModule,
      logging: false,
      dialectOptions: { mode: dialectModule.OPEN_READWRITE },
    });

    await expect(sequelize.query('SELECT 1')).rejects.toThrow(/unable to open database file|does not exist/);
  });

  it('tells every statement with its time, its rows and its error', async () => {
    const events: StatementEvent[] = [];
    const sequelize = openSequelize(events);
    await sequelize.query('SELECT 1 AS a UNION SELECT 2');
    await sequelize.query('SELECT broken').catch(() => undefined);

    expect(events.map(({ sql, rows }) => [sql, rows])).toContainEqual(['SELECT 1 AS a UNION SELECT 2', 2]);
    expect(events.at(-1)).toMatchObject({ sql: 'SELECT broken', error: expect.any(Error) });
    for (const event of events) expect(event.durationMs).toBeGreaterThanOrEqual(0);
  });
});
