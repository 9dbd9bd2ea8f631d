import { describe, expect, it } from 'vitest';
import type { CheckedStore } from '../../../../server/contract/stores.ts';
import { sortFaults } from '../faults.ts';
import { FORM_FIELDS, type FormField } from './draft.ts';
import { visibleFaults } from './visible-faults.ts';

const urls = { subdomain: 'http://a.localhost/', path: null, domains: [], dashboard: '' };
const answer = (faults: CheckedStore['faults']): CheckedStore => ({ code: 'a', suggestedCode: 'a', faults, urls });
const touched = (...fields: FormField[]) => new Set(fields);

describe('visibleFaults', () => {
  const email = [{ field: 'ownerEmail', message: '"a" is not an e-mail address' }];

  it('says nothing of a field that is still being filled in', () => {
    const check = { answer: answer(email), about: { ownerEmail: 'a' } };

    expect(visibleFaults(check, { ownerEmail: 'a' }, touched(), null, {})).toEqual({});
    expect(visibleFaults(check, { ownerEmail: 'a' }, touched('ownerEmail'), null, {})).toEqual({
      ownerEmail: '"a" is not an e-mail address.',
    });
  });

  it('ignores an answer about an older value', () => {
    const check = { answer: answer(email), about: { ownerEmail: 'a' } };

    expect(visibleFaults(check, { ownerEmail: 'a@b.c' }, touched('ownerEmail'), null, {})).toEqual({});
  });

  it('tells of a code at once', () => {
    const check = { answer: answer([{ field: 'code', message: '"api" is reserved' }]), about: { code: 'api' } };

    expect(visibleFaults(check, { code: 'api' }, touched(), null, {})).toEqual({ code: '"api" is reserved.' });
  });

  it('keeps a refusal until its value is changed', () => {
    const refusal = {
      faults: sortFaults([{ field: 'code', message: '"a" is taken by A' }], FORM_FIELDS),
      values: { code: 'abc' },
    };
    const check = { answer: undefined, about: {} };

    expect(visibleFaults(check, {}, touched(), refusal, { code: 'abc' })).toEqual({ code: '"a" is taken by A.' });
    expect(visibleFaults(check, {}, touched(), refusal, { code: 'abcd' })).toEqual({});
  });
});
