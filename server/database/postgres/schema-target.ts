import type { Sequelize } from 'sequelize';
import { exemptFrom } from '../guard/guarded-work.ts';
import type { ScopeGuard } from '../guard/scope-guard.ts';
import { type MigrationTarget, sessionOf } from '../migrator.ts';
import { clientOf, searchPath } from './postgres-database.ts';

/** Migrations of one schema: their statements name tables without it. The schema must be there. */
export function schemaTarget(sequelize: Sequelize, schema: string, guard: ScopeGuard | undefined): MigrationTarget {
  return {
    engine: 'postgres',
    transaction: (work) =>
      exemptFrom(guard, 'migrations', () =>
        sequelize.transaction(async (transaction) => {
          const { sql, bind } = searchPath(schema);
          await clientOf(transaction).query({ text: sql, values: [...bind] });
          return work(sessionOf(sequelize, transaction));
        }),
      ),
  };
}
