import type { Sequelize } from 'sequelize';
import type { ScopeGuard } from '../guard/scope-guard.ts';
import { type MigrationTarget, sessionOf } from '../migrator.ts';
import { clientOf, searchPath } from './postgres-database.ts';

/** Migrations of one schema: their statements name tables without it. The schema must be there. */
export function schemaTarget(sequelize: Sequelize, schema: string, guard: ScopeGuard | undefined): MigrationTarget {
  return {
    engine: 'postgres',
    transaction: (work) =>
      exempt(guard, () =>
        sequelize.transaction(async (transaction) => {
          const { sql, bind } = searchPath(schema);
          await clientOf(transaction).query({ text: sql, values: [...bind] });
          return work(sessionOf(sequelize, transaction));
        }),
      ),
  };
}

/** Runs what changes the tables of stores. */
export function exempt<Result>(guard: ScopeGuard | undefined, work: () => Promise<Result>): Promise<Result> {
  return guard ? guard.skip('migrations', work) : work();
}
