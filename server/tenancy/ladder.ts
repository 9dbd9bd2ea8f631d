import { type Found, RULES, type Rule, type Rung } from './resolution.ts';
import type { ResolverInput } from './resolve.ts';

/** Collects one rung a rule; rules nobody spoke of were not reached. */
export class Ladder {
  readonly #rungs = new Map<Rule, Rung>();
  readonly #inputs: Readonly<Record<Rule, string>>;
  #lookupMs = 0;

  constructor(input: ResolverInput) {
    const host = input.host ?? '';
    this.#inputs = {
      admin: `${host} ${input.path}`,
      custom_domain: host,
      subdomain: host,
      path: input.path,
      header: (input.storeHeader ?? '').slice(0, 60),
    };
  }

  async lookup<Value>(ask: () => Promise<Found<Value>>): Promise<Found<Value>> {
    const startedAt = performance.now();
    try {
      return await ask();
    } finally {
      this.#lookupMs = performance.now() - startedAt;
    }
  }

  matched(rule: Rule, input: string, reason: string, found?: Found<unknown>): void {
    this.#add(rule, 'matched', input, reason, found);
  }

  noMatch(rule: Rule, input: string, reason: string, found?: Found<unknown>): void {
    this.#add(rule, 'no_match', input, reason, found);
  }

  refused(rule: Rule, input: string, reason: string, found?: Found<unknown>): void {
    this.#add(rule, 'refused', input, reason, found);
  }

  notReached(rule: Rule, input: string, reason: string): void {
    this.#add(rule, 'not_reached', input, reason);
  }

  finish(): readonly Rung[] {
    const reason = [...this.#rungs.values()].some((rung) => rung.result === 'matched')
      ? 'an earlier rule won'
      : 'the request was refused before';
    return Object.freeze(
      RULES.map((rule) => this.#rungs.get(rule) ?? rung(rule, 'not_reached', this.#inputs[rule], reason)),
    );
  }

  #add(rule: Rule, result: Rung['result'], input: string, reason: string, found?: Found<unknown>): void {
    this.#rungs.set(rule, rung(rule, result, input, reason, found, found ? this.#lookupMs : 0));
  }
}

function rung(
  rule: Rule,
  result: Rung['result'],
  input: string,
  reason: string,
  found?: Found<unknown>,
  durationMs = 0,
): Rung {
  return { rule, result, input, query: found?.query ?? null, cached: found?.cached ?? null, reason, durationMs };
}
