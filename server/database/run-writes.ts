import { QueryTypes, type Sequelize, type Transaction } from 'sequelize';
import type { BoundStatement } from './statement-builder.ts';

/** Runs writing statements one after another on a transaction's connection; returns how many rows changed in all. */
export async function runWrites(
  sequelize: Sequelize,
  statements: readonly BoundStatement[],
  transaction: Transaction | null,
): Promise<number> {
  let changed = 0;
  for (const { sql, bind } of statements) {
    // BULKUPDATE is the type whose result is the number of rows, for every kind of write on both engines.
    const options = { bind: [...bind], type: QueryTypes.BULKUPDATE as const, ...(transaction ? { transaction } : {}) };
    changed += await sequelize.query(sql, options);
  }
  return changed;
}
