import { Autocomplete } from '@mantine/core';
import { useState } from 'react';
import { normalizePath, usualPages } from './page-path.ts';
import classes from './pane-toolbar.module.css';

interface PageFieldProps {
  readonly path: string;
  /** The handle of the store's first product, or null. */
  readonly firstProduct: string | null;
  readonly label: string;
  readonly onChange: (path: string) => void;
}

/** The page of the store: one of the usual ones, or any path. Taken with Enter or on leaving the field. */
export function PageField({ path, firstProduct, label, onChange }: PageFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const pages = usualPages(firstProduct);
  const take = (text: string) => {
    setDraft(null);
    if (normalizePath(text) !== path) onChange(normalizePath(text));
  };
  return (
    <Autocomplete
      className={classes.page}
      classNames={{ input: classes.pageInput ?? '' }}
      size="xs"
      aria-label={label}
      spellCheck={false}
      data={pages.map((page) => page.path)}
      value={draft ?? path}
      // The usual pages are offered whatever stands in the field.
      filter={({ options }) => options}
      comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
      renderOption={({ option }) => (
        <span className={classes.option}>
          <span>{pages.find((page) => page.path === option.value)?.label}</span>
          <code className={classes.optionNote}>{String(option.value)}</code>
        </span>
      )}
      onChange={setDraft}
      onOptionSubmit={(value) => take(String(value))}
      onBlur={() => (draft === null ? undefined : take(draft))}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && draft !== null) take(draft);
        if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}
