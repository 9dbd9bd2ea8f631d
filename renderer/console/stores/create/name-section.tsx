import { ActionIcon, Input, Loader, TextInput, Tooltip } from '@mantine/core';
import { IconArrowBackUp, IconCheck } from '@tabler/icons-react';
import classes from './create-form.module.css';
import { tidyCode } from './draft.ts';
import { fieldId } from './field-id.ts';
import type { NewStore } from './use-new-store.ts';

const NO_CODE = 'This name gives no code. Type one: letters a to z, digits and hyphens.';

/** The store's name and code. The code follows the name until it is edited by hand. */
export function NameSection({ store }: { readonly store: NewStore }) {
  const { form, code, faults } = store;
  const { draft } = form;
  return (
    <section className={classes.section} aria-label="Name and code">
      <div>
        <TextInput
          id={fieldId('name')}
          label="Name"
          placeholder="Corner Books"
          data-autofocus
          value={draft.name}
          error={faults.name}
          onChange={({ currentTarget }) => form.change({ name: currentTarget.value })}
          onBlur={() => draft.name !== '' && store.touch('name')}
        />
      </div>
      <Input.Wrapper label="Code" id={fieldId('code')} labelProps={{ htmlFor: fieldId('code') }}>
        <TextInput
          id={fieldId('code')}
          classNames={{ input: 'mono' }}
          placeholder={draft.name === '' ? 'corner-books' : ''}
          spellCheck={false}
          autoCapitalize="none"
          value={code}
          error={faults.code !== undefined}
          aria-describedby="new-store-code-note"
          onChange={({ currentTarget }) => form.change({ code: tidyCode(currentTarget.value) })}
          onBlur={() => draft.code === '' && form.change({ code: null })}
          rightSectionPointerEvents="all"
          rightSection={<CodeMark store={store} />}
        />
        <div id="new-store-code-note" aria-live="polite">
          <div className={classes.note} data-tone={codeTone(store)}>
            {givesNoCode(store) ? NO_CODE : (faults.code ?? codeNote(store))}
          </div>
        </div>
      </Input.Wrapper>
    </section>
  );
}

function CodeMark({ store }: { readonly store: NewStore }) {
  const { form, code, check, faults } = store;
  if (code === '' && form.draft.code === null) return null;
  if (check.state === 'checking') return <Loader size={14} aria-label="Checking the code" />;
  if (form.draft.code !== null)
    return (
      <Tooltip label="Suggest it from the name">
        <ActionIcon size="sm" aria-label="Suggest the code from the name" onClick={() => form.change({ code: null })}>
          <IconArrowBackUp size={14} />
        </ActionIcon>
      </Tooltip>
    );
  return check.state === 'checked' && !faults.code ? <IconCheck size={16} aria-hidden="true" /> : null;
}

function codeTone({ code, check, faults }: NewStore): 'bad' | 'good' | 'plain' {
  if (faults.code) return 'bad';
  return check.state === 'checked' && code !== '' ? 'good' : 'plain';
}

/** A name without Latin letters or digits, such as one in Japanese, suggests nothing. */
function givesNoCode({ form, code, check }: NewStore): boolean {
  return form.draft.code === null && form.draft.name.trim() !== '' && code === '' && check.state === 'checked';
}

function codeNote({ code, check }: NewStore): string {
  if (code === '') return 'Part of the address; suggested from the name.';
  if (check.state === 'unreachable') return 'Not checked: the server does not answer.';
  const { answer } = check;
  if (!answer) return 'Checking';
  const address = answer.urls.subdomain.replace(`//${answer.code}.`, `//${code}.`);
  const isFree = check.state === 'checked' && answer.code === code;
  return isFree ? `Free: it will answer at ${address}` : `It will answer at ${address}`;
}
