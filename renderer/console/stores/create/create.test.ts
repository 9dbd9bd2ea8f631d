import { describe, expect, it } from 'vitest';
import type { StepReport } from '../../../../server/contract/stores.ts';
import { leastUsedColor, SWATCHES } from '../colors.ts';
import { currencyOf, EMPTY_DRAFT, isDirty, suggestCode, tidyCode, toInput } from './draft.ts';
import { clearDraft, loadDraft, saveDraft, saveLogo } from './draft-storage.ts';
import { showSteps, totalMs } from './steps.ts';

const filled = { code: 'corner-books', color: '#2563eb', currency: 'EUR' };

describe('toInput', () => {
  it('leaves out what was not filled in', () => {
    expect(toInput({ ...EMPTY_DRAFT, name: 'Corner Books' }, filled, undefined)).toEqual({
      name: 'Corner Books',
      code: 'corner-books',
      color: '#2563eb',
      currency: 'EUR',
      catalogue: 'empty',
    });
  });

  it('sends an owner and a logo that are there', () => {
    const logo = { fileName: 'a.png', data: 'AAAA' };
    const draft = { ...EMPTY_DRAFT, name: 'A', ownerEmail: ' ada@example.org ', ownerName: 'Ada' };

    expect(toInput(draft, filled, logo)).toMatchObject({ ownerEmail: 'ada@example.org', ownerName: 'Ada', logo });
  });
});

describe('suggestCode', () => {
  it.each([
    ['Corner Books', 'corner-books'],
    ['  Café Noir & Söhne ', 'cafe-noir-sohne'],
    ['---', ''],
    ['x'.repeat(60), 'x'.repeat(50)],
  ])('makes of %j %j', (name, code) => {
    expect(suggestCode(name)).toBe(code);
  });
});

describe('tidyCode', () => {
  it('writes what would only be refused the way it is wanted, and keeps the rest to be told about', () => {
    expect(tidyCode('My Shop_2')).toBe('my-shop-2');
    expect(tidyCode('é!')).toBe('é!');
  });
});

describe('currencyOf', () => {
  const catalogue = { name: 'a', title: 'A', description: '', products: 1, currency: 'USD', picture: null };

  it('is the chosen one, else that of the goods, else EUR', () => {
    expect(currencyOf({ ...EMPTY_DRAFT, currency: 'CHF' }, catalogue)).toBe('CHF');
    expect(currencyOf(EMPTY_DRAFT, catalogue)).toBe('USD');
    expect(currencyOf(EMPTY_DRAFT, undefined)).toBe('EUR');
  });
});

describe('leastUsedColor', () => {
  it('gives a new store a colour of its own while there are some', () => {
    const used: string[] = [];
    for (const _swatch of SWATCHES) used.push(leastUsedColor(used));

    expect(new Set(used).size).toBe(SWATCHES.length);
  });

  it('takes a colour that is nearly a swatch for that swatch', () => {
    expect(leastUsedColor(['#2463eb'])).not.toBe('#2563eb');
  });
});

describe('the kept draft', () => {
  const draft = { ...EMPTY_DRAFT, name: 'Corner Books', code: 'books' };
  const logo = { fileName: 'a.png', data: 'AAAA' };

  it('comes back as it was typed, with its logo', () => {
    const storage = fakeStorage();
    saveDraft(storage, draft);
    saveLogo(storage, logo);

    expect(loadDraft(storage)).toEqual({ draft, logo });
  });

  it('keeps what was typed when the logo does not fit, and never an older logo', () => {
    const storage = fakeStorage(200);
    saveDraft(storage, draft);
    saveLogo(storage, logo);
    saveLogo(storage, { fileName: 'b.png', data: 'A'.repeat(500) });

    expect(loadDraft(storage)).toEqual({ draft, logo: null });
  });

  it('is empty after it was cleared, and when what lies there is no draft', () => {
    const storage = fakeStorage();
    saveDraft(storage, draft);
    clearDraft(storage);
    expect(loadDraft(storage)).toEqual({ draft: EMPTY_DRAFT, logo: null });

    storage.setItem('orion-new-store', '{"name":7');
    expect(isDirty(loadDraft(storage).draft)).toBe(false);
  });
});

describe('showSteps', () => {
  const report = (step: StepReport['step'], state: StepReport['state'], durationMs = 0): StepReport => ({
    step,
    state,
    durationMs,
  });

  it('shows all seven in order, those that did not begin as waiting', () => {
    const steps = showSteps([report('validate', 'done', 3), report('database', 'running')]);

    expect(steps.map(({ state }) => state)).toEqual([
      'done',
      'running',
      'waiting',
      'waiting',
      'waiting',
      'waiting',
      'waiting',
    ]);
    expect(steps[0]?.durationMs).toBe(3);
    expect(steps[1]?.durationMs).toBeNull();
  });

  it('does not fall back to running when a report comes late', () => {
    expect(showSteps([report('validate', 'done', 3), report('validate', 'running')])[0]?.state).toBe('done');
  });

  it('adds up the time', () => {
    expect(totalMs([report('validate', 'done', 3), report('database', 'failed', 4)])).toBe(7);
  });
});

/** A storage that holds so many characters. */
function fakeStorage(capacity = 10_000): Storage {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (value.length > capacity) throw new DOMException('full', 'QuotaExceededError');
      values.set(key, value);
    },
    removeItem: (key: string) => values.delete(key),
  } as unknown as Storage;
}
