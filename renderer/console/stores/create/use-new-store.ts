import { useState } from 'react';
import type { Catalogue, CheckStoreInput, CreateStoreInput, ListedStore } from '../../../../server/contract/stores.ts';
import { useRead } from '../../api/queries.ts';
import { leastUsedColor } from '../colors.ts';
import { type LogoState, uploadOf } from '../logo/logo-state.ts';
import { currencyOf, type FormField, suggestCode, toInput } from './draft.ts';
import { type DraftForm, useDraft } from './use-draft.ts';
import { type StoreCheck, useStoreCheck } from './use-store-check.ts';
import { type Refusal, visibleFaults } from './visible-faults.ts';

/** The form of a new store with everything that is worked out from what was typed. */
export interface NewStore {
  readonly form: DraftForm;
  /** What the fields show: typed, or suggested. */
  readonly code: string;
  readonly color: string;
  readonly currency: string;
  readonly check: StoreCheck;
  readonly catalogues: ReturnType<typeof useRead<'listCatalogues'>>;
  readonly catalogue: Catalogue | undefined;
  /** Under their fields. */
  readonly faults: Readonly<Partial<Record<FormField, string>>>;
  /** What was refused and belongs to no field. */
  readonly otherFaults: readonly string[];
  readonly input: CreateStoreInput;
  /** The values that faults are about. */
  readonly values: Refusal['values'];
  /** A field was left: from now on it may be told what is wrong with it. */
  touch(field: FormField): void;
  refuse(refusal: Refusal | null): void;
  startAnew(): void;
}

const NO_STORES: readonly ListedStore[] = [];

/** Holds the form of a new store; it is checked while `isShown`. */
export function useNewStore(isShown: boolean): NewStore {
  const form = useDraft();
  const catalogues = useRead('listCatalogues', {}, { isEnabled: isShown });
  const stores = useRead('listStores', {}).data?.stores ?? NO_STORES;
  const [touched, setTouched] = useState<ReadonlySet<FormField>>(new Set());
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const { draft, logo } = form;
  const catalogue = catalogues.data?.catalogues.find(({ name }) => name === draft.catalogue);
  const color = draft.color ?? leastUsedColor(stores.map((store) => store.color));
  const currency = currencyOf(draft, catalogue);
  const typed: CheckStoreInput = {
    ...(draft.name === '' && !touched.has('name') ? {} : { name: draft.name }),
    ...(draft.code === null ? {} : { code: draft.code }),
    color,
    currency,
    ...(draft.ownerEmail.trim() === '' ? {} : { ownerEmail: draft.ownerEmail.trim() }),
  };
  const check = useStoreCheck(typed, isShown);
  const code = draft.code ?? suggestedCode(draft.name, check);
  const values = { ...draft, code, color, currency, logo: logoKey(logo.state) };
  return {
    form,
    code,
    color,
    currency,
    check,
    catalogues,
    catalogue,
    faults: visibleFaults(check, typed, touched, refusal, values),
    otherFaults: refusal?.faults.others ?? [],
    input: toInput(draft, { code, color, currency }, uploadOf(logo.state)),
    values,
    touch: (field) => setTouched((now) => new Set([...now, field])),
    refuse: setRefusal,
    startAnew: () => {
      form.discard();
      setTouched(new Set());
      setRefusal(null);
    },
  };
}

/** The server's suggestion when it is about this name, else a first guess that needs no answer. */
function suggestedCode(name: string, { answer, about }: StoreCheck): string {
  return answer && about.name === name ? answer.suggestedCode : suggestCode(name);
}

/** Tells one chosen file from another. */
function logoKey(state: LogoState): string {
  return state.kind === 'none' ? '' : `${state.fileName} ${state.upload?.data.length ?? 0}`;
}
