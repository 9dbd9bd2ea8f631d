// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ChangeLimitsInput, StoreLimitsAnswer } from '../../../../server/contract/backends.ts';
import { problemResponse, renderInConsole } from '../../../testing/render.tsx';
import { buildLimits } from '../testing/build-limits.ts';
import { LimitsTab } from './limits-tab.tsx';

/** A server that keeps the limits of one store. */
function open(refused = 0) {
  let answer: StoreLimitsAnswer = buildLimits();
  const sent: ChangeLimitsInput[] = [];
  renderInConsole(<LimitsTab code="techstore" />, {
    operations: {
      storeLimits: () => answer,
      changeStoreLimits: ({ body }) => {
        sent.push(body);
        if (body.connections === 999)
          return problemResponse(422, 'invalid', 'Not possible.', {
            errors: [{ field: 'connections', message: 'The server has 50 connections in all.' }],
          });
        const [name, value] = Object.entries(body)[0] as [keyof StoreLimitsAnswer['limits'], number | null];
        answer = {
          ...answer,
          limits: { ...answer.limits, [name]: value ?? answer.defaults[name] },
          changed: value === null ? [] : [name],
        };
        return answer;
      },
      listRequests: () => ({
        requests: [],
        total: refused,
        newest: 0,
        kept: { requests: 0, bytes: 0, maxRequests: 1, maxBytes: 1 },
      }),
    },
  });
  return { sent };
}

const limit = async (name: string) => within(await screen.findByRole('listitem', { name }));

async function change(name: string, text: string): Promise<void> {
  const row = await limit(name);
  await userEvent.click(row.getByRole('button', { name: 'Change' }));
  const field = row.getByRole('textbox');
  await userEvent.clear(field);
  await userEvent.type(field, `${text}{Enter}`);
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('LimitsTab', () => {
  it('sets each limit against its use', async () => {
    open();
    const meter = (await limit('Requests')).getByRole('meter', { name: 'Requests used' });
    expect(meter.getAttribute('aria-valuetext')).toBe('12 this minute of 600 a minute');
    expect(await screen.findByText('No recorded request was refused with 429.')).toBeDefined();
  });

  it('changes a limit where it stands, and sets it back', async () => {
    const { sent } = open();
    await change('Requests', '50');

    const row = await limit('Requests');
    expect(await row.findByText('50 a minute')).toBeDefined();
    expect(document.activeElement).toBe(row.getByRole('button', { name: 'Change' }));
    await userEvent.click(row.getByRole('button', { name: 'Reset' }));
    expect(await row.findByText('600 a minute')).toBeDefined();
    expect(sent).toEqual([{ requestsPerMinute: 50 }, { requestsPerMinute: null }]);
  });

  it('says at the field what is wrong, by itself or in the server’s words', async () => {
    const { sent } = open();
    await change('Jobs', '101');
    expect((await limit('Jobs')).getByText('Enter 100 or less.')).toBeDefined();
    expect(sent).toEqual([]);

    await change('Connections', '999');
    expect(await (await limit('Connections')).findByText('The server has 50 connections in all.')).toBeDefined();
  });

  it('is left as it was by Esc', async () => {
    const { sent } = open();
    const row = await limit('Storage');
    await userEvent.click(row.getByRole('button', { name: 'Change' }));
    await userEvent.type(row.getByRole('textbox'), '5{Escape}');

    await waitFor(() => expect(row.queryByRole('textbox')).toBeNull());
    expect(sent).toEqual([]);
  });

  it('links to the requests that were refused', async () => {
    open(7);
    const link = await screen.findByRole('link', { name: '7 recorded requests refused with 429' });
    expect(link.getAttribute('href')).toBe('/requests?store=techstore&status=429');
  });
});
