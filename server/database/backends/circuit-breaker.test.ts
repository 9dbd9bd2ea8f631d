/** A store that cannot be reached is not tried all the time, and comes back by itself. */
import { describe, expect, it } from 'vitest';
import { UnavailableError } from '../../errors.ts';
import { CircuitBreaker } from './circuit-breaker.ts';

const GONE = new UnavailableError('database_unreachable', 'The database cannot be reached.', new Error('ECONNREFUSED'));

function setUp() {
  const clock = { now: 0 };
  const breaker = new CircuitBreaker({ failures: 2, pauseMs: 5000, now: () => clock.now });
  const fail = (times: number) => {
    for (let count = 0; count < times; count += 1) breaker.failed(1, GONE);
  };
  return { clock, breaker, fail };
}

describe('CircuitBreaker', () => {
  it('lets a store be tried until it failed several times in a row', () => {
    const { breaker, fail } = setUp();
    fail(1);
    breaker.succeeded(1);
    fail(1);

    expect(() => breaker.enter(1)).not.toThrow();
  });

  it('then says at once what the last failure said, and when to try again; other stores are tried', () => {
    const { breaker, clock, fail } = setUp();
    fail(2);
    clock.now = 1500;

    expect(() => breaker.enter(1)).toThrow(
      expect.objectContaining({
        code: 'database_unreachable',
        message: GONE.message,
        cause: GONE.cause,
        headers: { 'Retry-After': '4' },
      }),
    );
    expect(() => breaker.enter(2)).not.toThrow();
  });

  it('lets one try after the pause, and all when that one succeeded', () => {
    const { breaker, clock, fail } = setUp();
    fail(2);
    clock.now = 5000;

    expect(() => breaker.enter(1)).not.toThrow();
    expect(() => breaker.enter(1)).toThrow();
    breaker.succeeded(1);

    expect(() => breaker.enter(1)).not.toThrow();
    expect(() => breaker.enter(1)).not.toThrow();
  });

  it('pauses again when that one failed, and lets another try when it found out nothing', () => {
    const { breaker, clock, fail } = setUp();
    fail(2);
    clock.now = 5000;
    breaker.enter(1);
    fail(1);
    clock.now = 9999;
    expect(() => breaker.enter(1)).toThrow();

    clock.now = 10_000;
    breaker.enter(1);
    breaker.undecided(1);

    expect(() => breaker.enter(1)).not.toThrow();
  });
});
