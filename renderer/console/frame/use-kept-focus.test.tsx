// @vitest-environment jsdom
import { cleanup, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { useKeptFocus } from './use-kept-focus.ts';

/** A row with a button that is busy or goes, and a field below it. */
function Screen({ state }: { readonly state: 'there' | 'busy' | 'gone' }) {
  useKeptFocus();
  return (
    <main>
      <ul>
        <li aria-label="row">
          {state === 'gone' ? null : (
            <button type="button" disabled={state === 'busy'} data-loading={state === 'busy' || undefined}>
              Fix
            </button>
          )}
        </li>
      </ul>
      <input aria-label="field" />
    </main>
  );
}

afterEach(cleanup);

it('hands the focus to what was around a button that went away, for as long as it is there', async () => {
  const { rerender } = render(<Screen state="there" />);
  screen.getByRole('button').focus();
  rerender(<Screen state="gone" />);

  const row = screen.getByRole('listitem', { name: 'row' });
  await waitFor(() => expect(document.activeElement).toBe(row));
  screen.getByLabelText('field').focus();
  expect(row.hasAttribute('tabindex')).toBe(false);
});

it('gives it back to a button that was busy', async () => {
  const { rerender } = render(<Screen state="there" />);
  const button = screen.getByRole('button');
  button.focus();
  rerender(<Screen state="busy" />);
  await waitFor(() => expect((button as HTMLButtonElement).disabled).toBe(true));
  // Browsers take it away from what cannot be pressed.
  button.blur();
  rerender(<Screen state="there" />);

  await waitFor(() => expect(document.activeElement).toBe(button));
});

it('leaves it alone where somebody left by intention', async () => {
  const { rerender } = render(<Screen state="there" />);
  const field = screen.getByLabelText('field');
  field.focus();
  field.blur();
  await new Promise((resolve) => setTimeout(resolve));
  rerender(<Screen state="gone" />);
  await waitFor(() => expect(screen.queryByRole('button')).toBeNull());

  expect(document.activeElement).toBe(document.body);
});
