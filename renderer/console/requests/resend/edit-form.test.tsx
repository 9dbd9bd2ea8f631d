// @vitest-environment jsdom
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import type { FakeAnswers } from '../../../testing/render.tsx';
import { problemResponse, renderInConsole } from '../../../testing/render.tsx';
import { buildTrace } from '../build-request.ts';
import { EditForm } from './edit-form.tsx';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function open(requestId: string, resendRequest: NonNullable<FakeAnswers['resendRequest']>) {
  const request = buildTrace({ requestId, requestHeaders: { accept: '*/*' } });
  renderInConsole(<EditForm request={request} onClose={() => undefined} />, { operations: { resendRequest } });
  return userEvent.setup();
}

it('says what the server refused beside its field, and keeps what was typed', async () => {
  const user = open('request-a', () =>
    problemResponse(422, 'invalid_input', 'Refused.', {
      errors: [
        { field: 'url', message: 'must be on this server' },
        { field: 'headers.x-new', message: 'must be one line' },
      ],
    }),
  );
  const url = screen.getByLabelText('URL') as HTMLInputElement;
  await user.clear(url);
  await user.type(url, 'http://elsewhere.example/');
  await user.click(screen.getByRole('button', { name: 'Send the changed request' }));

  await screen.findByText('Must be on this server.');
  expect(screen.getByText('X-new must be one line.')).toBeDefined();
  expect(url.value).toBe('http://elsewhere.example/');
});

it('sends only what was changed', async () => {
  const asked = vi.fn();
  const user = open('request-b', ({ body }) => {
    asked(body);
    return problemResponse(409, 'not_now', 'Not now.');
  });
  await user.click(screen.getByRole('button', { name: 'Add a header' }));
  await user.type(screen.getByLabelText('Name of header 2'), 'x-new');
  await user.type(screen.getByLabelText('Value of x-new'), '1');
  await user.click(screen.getByRole('button', { name: 'Send the changed request' }));

  await waitFor(() => expect(asked).toHaveBeenCalledWith({ headers: { accept: '*/*', 'x-new': '1' } }));
  await screen.findByText('Not now.');
});
