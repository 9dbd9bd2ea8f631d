import type { Sequelize } from 'sequelize';
import type { ScopeGuard } from './scope-guard.ts';

/** Lets a violation inside Sequelize name who asked: its own promises cut the stack. */
export function rememberCallers(sequelize: Sequelize, guard: ScopeGuard | undefined): Sequelize {
  if (!guard) return sequelize;
  const query = sequelize.query.bind(sequelize) as (...input: unknown[]) => Promise<unknown>;
  sequelize.query = ((...input: unknown[]) => guard.calledFrom(() => query(...input))) as typeof sequelize.query;
  return sequelize;
}
