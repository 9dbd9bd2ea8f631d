import { CloseButton, Select, TextInput } from '@mantine/core';
import type { Fault } from '../../../server/contract/problem.ts';
import { METHODS, type WhatIf } from './what-if.ts';
import classes from './what-if-form.module.css';

interface WhatIfFormProps {
  readonly form: WhatIf;
  /** What the server found wrong, shown at the fields. */
  readonly faults: readonly Fault[];
  readonly onChange: (change: Partial<WhatIf>) => void;
}

/** Any address, method and headers; asked while typing, and nothing is sent. */
export function WhatIfForm({ form, faults, onChange }: WhatIfFormProps) {
  const faultOf = (field: keyof WhatIf) => faults.find((fault) => fault.field === field)?.message;
  const methods = METHODS.some((method) => method === form.method) ? METHODS : [form.method, ...METHODS];
  return (
    // Enter has nothing to send: the answer is there already.
    <form className={classes.form} aria-label="What if" onSubmit={(event) => event.preventDefault()}>
      <div className={classes.main}>
        <Select
          label="Method"
          className={classes.method}
          data={[...methods]}
          value={form.method}
          allowDeselect={false}
          error={faultOf('method')}
          onChange={(method) => onChange({ method: method ?? 'GET' })}
        />
        <TextInput
          label="URL"
          className={classes.url}
          classNames={{ input: classes.mono ?? '' }}
          data-filter-input
          autoFocus={form.url === ''}
          type="text"
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          placeholder="Paste, type or drop any address"
          value={form.url}
          error={faultOf('url')}
          rightSection={
            form.url === '' ? null : (
              <CloseButton
                size="sm"
                aria-label="Clear"
                onClick={() => onChange({ url: '', host: '', storeHeader: '' })}
              />
            )
          }
          onChange={(event) => onChange({ url: event.currentTarget.value })}
        />
      </div>
      <div className={classes.headers}>
        <HeaderField
          label="Host header"
          placeholder="the URL’s own"
          value={form.host}
          fault={faultOf('host')}
          onChange={(host) => onChange({ host })}
        />
        <HeaderField
          label="X-Store-ID"
          placeholder="none"
          value={form.storeHeader}
          fault={faultOf('storeHeader')}
          onChange={(storeHeader) => onChange({ storeHeader })}
        />
      </div>
    </form>
  );
}

interface HeaderFieldProps {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly fault: string | undefined;
  readonly onChange: (value: string) => void;
}

function HeaderField({ label, placeholder, value, fault, onChange }: HeaderFieldProps) {
  return (
    <TextInput
      label={label}
      placeholder={placeholder}
      className={classes.header}
      classNames={{ input: classes.mono ?? '' }}
      spellCheck={false}
      autoComplete="off"
      value={value}
      error={fault}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
