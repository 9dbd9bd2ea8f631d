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
          const client = clientOf(transaction);
          const { sql, bind } = searchPath(schema);
          // An index of a large table takes longer than a request may.
          await Promise.all([
            client.query({ text: sql, values: [...bind] }),
            client.query("SELECT set_config('statement_timeout', '0', true)"),
          ]);
          return work(sessionOf(sequelize, transaction));
        }),
      ),
  };
}
