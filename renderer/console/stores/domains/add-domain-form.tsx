import { Button, Checkbox, Loader, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconPlus } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { DomainGuide } from '../../../../server/contract/domains.ts';
import { messageOf, ProblemError } from '../../api/problem.ts';
import { useChange } from '../../api/queries.ts';
import { asSentence } from '../faults.ts';
import classes from './domains-tab.module.css';
import { type DomainTyped, useDomainCheck } from './use-domain-check.ts';

interface AddDomainFormProps {
  readonly code: string;
  readonly onAdded: (guide: DomainGuide) => void;
}

/** Adds a domain; it is checked while it is typed. */
export function AddDomainForm({ code, onAdded }: AddDomainFormProps) {
  const client = useQueryClient();
  const adding = useChange('addDomain', ['storeDomains', 'getStore', 'listStores', 'hosts']);
  const [typed, setTyped] = useState('');
  const [withTwin, setWithTwin] = useState(true);
  const check = useDomainCheck(code, typed);
  const twin = check.answer?.twin ?? null;
  const faults = check.answer?.faults ?? [];
  const refusal = adding.error && adding.variables.body.domain === typed.trim() ? refusalOf(adding.error) : null;
  const fault = faults[0] ? asSentence(faults[0].message) : refusal;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed.trim() === '' || faults.length > 0) return;
    adding.mutate(
      { params: { code }, body: { domain: typed.trim(), withTwin: withTwin && twin !== null } },
      {
        onSuccess: (guide) => {
          client.setQueryData(['domainGuide', { params: { code, domain: guide.domain.domain } }], guide);
          setTyped('');
          onAdded(guide);
        },
      },
    );
  };
  return (
    <form className={classes.add} noValidate onSubmit={submit} aria-label="Add a domain">
      <div className={classes.addLine}>
        <TextInput
          className={classes.addField ?? ''}
          classNames={{ input: classes.mono ?? '' }}
          aria-label="Domain"
          placeholder="shop.example.com"
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          maxLength={300}
          value={typed}
          error={fault !== null}
          aria-describedby="add-domain-note"
          rightSection={<Mark check={check} isWell={fault === null} />}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button
          type="submit"
          leftSection={<IconPlus size={16} />}
          loading={adding.isPending}
          disabled={typed.trim() === '' || faults.length > 0}
        >
          Add
        </Button>
      </div>
      <div id="add-domain-note" aria-live="polite">
        <Note check={check} fault={fault} />
      </div>
      {twin === null ? null : (
        <Checkbox
          size="xs"
          mt={8}
          label={`Also add ${twin}`}
          checked={withTwin}
          onChange={({ currentTarget }) => setWithTwin(currentTarget.checked)}
        />
      )}
    </form>
  );
}

function refusalOf(error: Error): string {
  return error instanceof ProblemError && error.faults[0] ? asSentence(error.faults[0].message) : messageOf(error);
}

function Mark({ check, isWell }: { readonly check: DomainTyped; readonly isWell: boolean }) {
  if (check.state === 'checking') return <Loader size={14} aria-label="Checking the domain" />;
  return check.state === 'checked' && isWell ? <IconCheck size={16} aria-hidden="true" /> : null;
}

function Note({ check: { answer, state }, fault }: { readonly check: DomainTyped; readonly fault: string | null }) {
  if (fault !== null) return <p className={classes.fault}>{fault}</p>;
  const warnings = answer?.warnings ?? [];
  return (
    <>
      <p className={classes.hint}>
        {state === 'unreachable'
          ? 'Not checked: the server does not answer.'
          : answer
            ? `It can be added${answer.displayName === answer.domain ? '' : ` as ${answer.domain}`}.`
            : 'A name of the store’s own, such as shop.example.com.'}
      </p>
      {warnings.map(({ code, message }) => (
        <p key={code} className={classes.warning}>
          <IconAlertTriangle size={14} aria-hidden="true" />
          {message}
        </p>
      ))}
    </>
  );
}
