import { Autocomplete, Button, Textarea, TextInput } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { Notice } from '../../../shared/notice.tsx';
import drawer from '../../../shared/side-drawer.module.css';
import { ProblemError } from '../../api/problem.ts';
import { sortFaults } from '../../stores/faults.ts';
import { bodyNote, changesOf, type Draft, draftOf, headerFaults, isChanged } from './draft.ts';
import classes from './edit-form.module.css';
import { HeaderEditor } from './header-editor.tsx';
import { useResend } from './use-resend.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];
const FIELDS = ['method', 'url', 'headers', 'body'] as const;

/** What was typed for each request, so that closing the drawer by mistake loses nothing. */
const drafts = new Map<string, Draft>();

interface EditFormProps {
  readonly request: RequestTrace;
  readonly onClose: () => void;
}

/** Method, URL, headers and body of a request, and the button that sends it. */
export function EditForm({ request, onClose }: EditFormProps) {
  const [draft, setDraft] = useState(() => drafts.get(request.requestId) ?? draftOf(request));
  const resend = useResend({ tells: false });
  const ownFaults = headerFaults(draft);
  const { byField, others } = faultsOf(resend.error);
  const change = (changes: Partial<Draft>) => {
    const changed = { ...draft, ...changes };
    drafts.set(request.requestId, changed);
    setDraft(changed);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ownFaults.size > 0) return;
    resend.mutate({ requestId: request.requestId, changes: changesOf(request, draft) }, { onSuccess: onClose });
  };
  const startOver = () => {
    drafts.delete(request.requestId);
    setDraft(draftOf(request));
    resend.reset();
  };
  return (
    <form className={drawer.form} onSubmit={submit}>
      <div className={drawer.scroll}>
        <div className={classes.target}>
          <Autocomplete
            label="Method"
            data={METHODS}
            filter={({ options }) => options}
            value={draft.method}
            error={byField.method}
            onChange={(method) => change({ method })}
            spellCheck={false}
          />
          <TextInput
            label="URL"
            classNames={{ input: classes.mono ?? '' }}
            value={draft.url}
            error={byField.url}
            spellCheck={false}
            data-autofocus
            onChange={({ currentTarget }) => change({ url: currentTarget.value })}
          />
        </div>
        <HeaderEditor
          headers={draft.headers}
          faults={ownFaults}
          fault={byField.headers ?? null}
          onChange={(headers) => change({ headers })}
        />
        <Textarea
          label="Body"
          description={bodyNote(request)}
          classNames={{ input: classes.mono ?? '' }}
          rows={8}
          resize="vertical"
          value={draft.body}
          error={byField.body}
          spellCheck={false}
          placeholder="None"
          onChange={({ currentTarget }) => change({ body: currentTarget.value })}
        />
        {others.length > 0 ? (
          <Notice tone="bad" icon={<IconAlertTriangle size={18} />} title="The request was not sent" role="alert">
            {others.join(' ')}
          </Notice>
        ) : null}
      </div>
      <div className={drawer.buttons}>
        <Button variant="subtle" color="gray" onClick={startOver} disabled={!isChanged(request, draft)}>
          Start over
        </Button>
        <Button type="submit" loading={resend.isPending} disabled={ownFaults.size > 0}>
          {isChanged(request, draft) ? 'Send the changed request' : 'Send unchanged'}
        </Button>
      </div>
    </form>
  );
}

/** The server's faults by field; those of one header, as `headers.accept`, belong to the headers. */
function faultsOf(error: Error | null) {
  if (!error) return sortFaults([], FIELDS);
  if (!(error instanceof ProblemError) || error.faults.length === 0)
    return { ...sortFaults([], FIELDS), others: [error.message] };
  const faults = error.faults.map(({ field, message }) => {
    const inside = /^headers[.[]"?([^\]"]*)/.exec(field)?.[1];
    return inside === undefined ? { field, message } : { field: 'headers', message: `${inside} ${message}` };
  });
  return sortFaults(faults, FIELDS);
}
