import { AsyncLocalStorage } from 'node:async_hooks';
import { loadModule, parseSync } from 'libpg-query';
import { LRUCache } from 'lru-cache';
import type { Engine } from '../store-database.ts';
import { type CallMark, callSiteOf, markCall } from './call-site.ts';
import { FIXES } from './fixes.ts';
import { createJudge } from './judge-statement.ts';
import type { ExemptionReason, GuardedStatement, GuardMode, ScopeGuard, ViolationListener } from './scope-guard.ts';
import { UnscopedStatementError } from './unscoped-statement-error.ts';
import { HARMLESS, type Problem, type StatedValue, type Verdict } from './verdict.ts';

/** Verdicts kept, and the length of their texts together: a map look-up is all that a known statement costs. */
const VERDICTS_KEPT = 4000;
const CHARACTERS_KEPT = 8_000_000;

export interface ScopeGuardOptions {
  /** Names of the tenant tables, without a schema. A view over one is a tenant table too. */
  readonly tables: readonly string[];
  readonly mode: GuardMode;
}

/** For whom the current work runs. */
interface Surroundings {
  /** Null outside of any store's work. */
  readonly storeId: number | null;
  readonly isExempt: boolean;
  /** Who asked, where promises have cut the stack. */
  readonly caller: CallMark | null;
}

const NOWHERE: Surroundings = { storeId: null, isExempt: false, caller: null };

/** Makes a scope guard; loads the parser of Postgres first. The rule it holds: docs/ISOLATION.md. */
export async function createScopeGuard({ tables, mode }: ScopeGuardOptions): Promise<ScopeGuard> {
  if (mode !== 'off') await loadModule();
  const surroundings = new AsyncLocalStorage<Surroundings>();
  const current = () => surroundings.getStore() ?? NOWHERE;
  const judge = createJudge(tables, parseSync);
  const known = { sqlite: verdictCache(), postgres: verdictCache() };
  const uses = new Map<ExemptionReason, number>();
  const listeners = new Set<ViolationListener>();
  let violations = 0;

  function verdictOn(sql: string, engine: Engine): Verdict {
    const kept = known[engine].get(sql);
    if (kept) return kept;
    const verdict = judge(sql, engine);
    known[engine].set(sql, verdict);
    return verdict;
  }

  function report(problem: Problem, sql: string, { storeId, caller }: Surroundings): void {
    violations += 1;
    const callSite = callSiteOf(markCall()) ?? (caller && callSiteOf(caller));
    const violation = { ...problem, sql, callSite };
    for (const listener of listeners) listener(violation, storeId);
    if (mode === 'refuse') throw new UnscopedStatementError(violation);
  }

  return {
    mode,
    check({ sql, parameters, engine = 'postgres' }) {
      if (mode === 'off') return;
      const around = current();
      if (around.isExempt) return;
      const verdict = verdictOn(sql, engine);
      if (verdict === HARMLESS) return;
      const problem = verdict.problem ?? wrongStore(verdict.values, parameters, around.storeId);
      if (problem) report(problem, sql, around);
    },
    within: (storeId, work) => surroundings.run({ ...NOWHERE, storeId }, work),
    skip(reason, work) {
      uses.set(reason, (uses.get(reason) ?? 0) + 1);
      return surroundings.run({ ...current(), isExempt: true }, work);
    },
    calledFrom(work) {
      if (mode === 'off') return work();
      return surroundings.run({ ...current(), caller: markCall() }, work);
    },
    onViolation(listener) {
      listeners.add(listener);
    },
    stats: () => ({ violations, exemptions: [...uses].map(([reason, count]) => ({ reason, uses: count })) }),
  };
}

function verdictCache(): LRUCache<string, Verdict> {
  return new LRUCache({
    max: VERDICTS_KEPT,
    maxSize: CHARACTERS_KEPT,
    sizeCalculation: (_verdict, sql) => sql.length + 1,
  });
}

/** The first value that is not the store in force; outside of any store's work, that is not the same as the others. */
function wrongStore(
  values: readonly StatedValue[],
  parameters: GuardedStatement['parameters'],
  storeId: number | null,
): Problem | null {
  let expected = storeId === null ? null : String(storeId);
  for (const { table, source } of values) {
    const value = 'constant' in source ? source.constant : parameterText(parameters, source.parameter);
    expected ??= value;
    if (value === null || value !== expected)
      return { table, kind: 'other_store', fix: storeId === null ? FIXES.oneStore : FIXES.otherStore };
  }
  return null;
}

/** The digits of a parameter's value, or null when it is no store's number. */
function parameterText(parameters: GuardedStatement['parameters'], name: string): string | null {
  const value = Array.isArray(parameters) ? parameters[Number(name) - 1] : namedValue(parameters, name);
  const text = typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string' ? String(value) : '';
  return /^\d+$/.test(text) ? text : null;
}

function namedValue(parameters: GuardedStatement['parameters'], name: string): unknown {
  if (!parameters) return undefined;
  const values = parameters as Readonly<Record<string, unknown>>;
  for (const key of [`$${name}`, name, `:${name}`, `@${name}`]) if (Object.hasOwn(values, key)) return values[key];
  return undefined;
}
