// @vitest-environment jsdom
import { act, cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type FakeAnswers, problemResponse, renderInConsole } from '../../../testing/render.tsx';
import { LogoField } from './logo-field.tsx';
import { useLogo } from './use-logo.ts';

const accepted = { width: 512, height: 128, format: 'png', preview: 'data:image/webp;base64,AAAA' };

function Field() {
  return <LogoField logo={useLogo()} />;
}

async function choose(file: File, operations: FakeAnswers): Promise<void> {
  if (!document.querySelector('input[type=file]')) renderInConsole(<Field />, { operations });
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  if (input) await userEvent.upload(input, file, { applyAccept: false });
}

const file = (name: string, bytes = 4) => new File([new Uint8Array(bytes).fill(65)], name);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('LogoField', () => {
  it('shows a logo as it will be kept', async () => {
    const sent: unknown[] = [];
    await choose(file('a.png'), {
      checkLogo: ({ body }) => {
        sent.push(body);
        return accepted;
      },
    });

    await screen.findByText('PNG, kept as 512 × 128');
    expect(screen.getByAltText('The logo as it will be kept').getAttribute('src')).toBe(accepted.preview);
    expect(sent).toEqual([{ fileName: 'a.png', data: 'QUFBQQ==' }]);
  });

  it('keeps a refused file chosen, with what to do about it', async () => {
    const errors = [{ field: 'logo', message: '"a.svg" holds a <script> element: remove it' }];
    await choose(file('a.svg'), { checkLogo: () => problemResponse(422, 'invalid_input', 'Refused', { errors }) });

    await screen.findByText('"a.svg" holds a <script> element: remove it.');
    expect(screen.getByText('a.svg')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Replace' })).toBeDefined();
  });

  it('refuses what is too large without sending it', async () => {
    const checkLogo = vi.fn();
    await choose(file('big.png', 2 * 1024 * 1024 + 1), { checkLogo });

    await screen.findByText(/"big.png" has 2.0 MiB; a logo may have at most 2 MiB/);
    expect(checkLogo).not.toHaveBeenCalled();
  });

  it('says when it could not be checked, and checks again', async () => {
    let isDown = true;
    await choose(file('a.png'), {
      checkLogo: () => {
        if (isDown) throw new TypeError('Failed to fetch');
        return accepted;
      },
    });
    await screen.findByText('Not checked: the server does not answer');

    isDown = false;
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));

    await screen.findByText('PNG, kept as 512 × 128');
  });

  it('counts the answer about the latest file alone', async () => {
    const answers = new Map<string, () => void>();
    const operations: FakeAnswers = {
      checkLogo: ({ body }) =>
        new Promise((resolve) => {
          const name = body?.fileName ?? '';
          answers.set(name, () => resolve({ ...accepted, width: name === 'first.png' ? 1 : 2 }));
        }),
    };
    await choose(file('first.png'), operations);
    await vi.waitFor(() => expect(answers.has('first.png')).toBe(true));
    await choose(file('second.png'), operations);
    await vi.waitFor(() => expect(answers.has('second.png')).toBe(true));

    act(() => answers.get('second.png')?.());
    act(() => answers.get('first.png')?.());

    await screen.findByText('PNG, kept as 2 × 128');
    expect(screen.getByText('second.png')).toBeDefined();
  });
});
