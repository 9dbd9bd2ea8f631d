import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useEffect, useRef } from 'react';
import type { CreateStoreInput } from '../../../../server/contract/stores.ts';
import { Notice } from '../../../shared/notice.tsx';
import drawer from '../../../shared/side-drawer.module.css';
import { ProblemError } from '../../api/problem.ts';
import { sortFaults } from '../faults.ts';
import { CatalogueSection } from './catalogue-section.tsx';
import classes from './create-form.module.css';
import { FORM_FIELDS } from './draft.ts';
import { fieldId } from './field-id.ts';
import { LookSection } from './look-section.tsx';
import { Miniature } from './miniature.tsx';
import { NameSection } from './name-section.tsx';
import { OwnerSection } from './owner-section.tsx';
import type { Creation } from './use-creation.ts';
import type { NewStore } from './use-new-store.ts';
import type { Refusal } from './visible-faults.ts';

interface CreateFormProps {
  readonly store: NewStore;
  readonly creation: Extract<Creation, { readonly phase: 'form' }>;
  /** Resolves when it has ended: null when the store was made. */
  readonly onRun: (input: CreateStoreInput) => Promise<ProblemError | null>;
  readonly onClose: () => void;
}

/** One form for a new store; a miniature of its home page follows what is typed. */
export function CreateForm({ store, creation, onRun, onClose }: CreateFormProps) {
  const form = useRef<HTMLFormElement>(null);
  const { logo } = store.form;
  useFocusOnFault(form, creation.error);
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (creation.isChecking) return;
    // What cannot even be sent is no matter for the server.
    if (logo.state.kind === 'refused') return document.getElementById(fieldId('logo'))?.focus();
    const { input, values } = store;
    const problem = await onRun(input);
    store.refuse(problem ? refusalOf(problem, values) : null);
  };
  return (
    <form ref={form} className={drawer.form} onSubmit={(event) => void submit(event)} noValidate autoComplete="off">
      <div className={classes.scroll}>
        <div className={classes.fields}>
          <NameSection store={store} />
          <CatalogueSection store={store} />
          <LookSection store={store} />
          <OwnerSection store={store} />
        </div>
        <aside className={classes.aside} aria-label="How the home page will look">
          <Miniature store={store} />
        </aside>
      </div>
      <Trouble store={store} error={creation.error} />
      <footer className={classes.footer}>
        {store.form.isDirty ? (
          <Button variant="subtle" color="gray" onClick={store.startAnew}>
            Discard draft
          </Button>
        ) : null}
        <span className={classes.gap} />
        <Button variant="default" onClick={onClose}>
          {store.form.isDirty ? 'Close, keep draft' : 'Close'}
        </Button>
        <Button type="submit" loading={creation.isChecking}>
          {isUnreachable(creation.error) ? 'Try again' : 'Create store'}
        </Button>
      </footer>
    </form>
  );
}

/** What went wrong and belongs to no field. */
function Trouble({ store, error }: { readonly store: NewStore; readonly error: Error | null }) {
  if (!error) return null;
  const hasOwnFields = error instanceof ProblemError && error.faults.length > store.otherFaults.length;
  const text = store.otherFaults.length > 0 ? store.otherFaults.join(' ') : hasOwnFields ? null : error.message;
  if (text === null) return null;
  return (
    <div className={classes.trouble}>
      <Notice
        role="alert"
        tone={isUnreachable(error) ? 'warn' : 'bad'}
        icon={<IconAlertTriangle size={18} />}
        title={isUnreachable(error) ? 'The store is not made yet' : 'The store could not be made'}
      >
        {text}
      </Notice>
    </div>
  );
}

/** Brings the first field that is wrong into sight after an attempt. */
function useFocusOnFault(form: { readonly current: HTMLFormElement | null }, error: Error | null): void {
  useEffect(() => {
    if (!(error instanceof ProblemError)) return;
    const { byField } = sortFaults(error.faults, FORM_FIELDS);
    const first = FORM_FIELDS.find((field) => byField[field] !== undefined);
    if (first) form.current?.querySelector<HTMLElement>(`#${fieldId(first)}`)?.focus();
  }, [error, form]);
}

function refusalOf(problem: ProblemError, values: Refusal['values']): Refusal {
  const faults =
    problem.code === 'catalogue_not_found' ? [{ field: 'catalogue', message: problem.message }] : problem.faults;
  return { faults: sortFaults(faults, FORM_FIELDS), values };
}

function isUnreachable(error: Error | null): boolean {
  return error instanceof ProblemError && error.isUnreachable;
}
