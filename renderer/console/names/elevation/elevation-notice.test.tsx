// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { ElevationResult } from '../../../../electron/bridge.ts';
import { renderInConsole } from '../../../testing/render.tsx';
import { ElevationNotice } from './elevation-notice.tsx';

const elevation = { id: 'e1', purpose: 'Writes 2 names to the hosts file.', command: 'sudo orion-hosts --plan 7' };

/** The notice in the desktop window, whose system answers as told. */
function openInDesktop(result: ElevationResult) {
  const asked: string[] = [];
  vi.stubGlobal('orionDesktop', {
    elevate: (id: string) => {
      asked.push(id);
      return Promise.resolve(result);
    },
  });
  const onCheck = vi.fn(() => Promise.resolve(null));
  renderInConsole(<ElevationNotice elevation={elevation} onCheck={onCheck} />);
  return { asked, onCheck };
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('ElevationNotice in the desktop window', () => {
  it('asks the system, then looks whether it is done', async () => {
    const { asked, onCheck } = openInDesktop({ outcome: 'done', message: 'Done.' });
    await userEvent.click(screen.getByRole('button', { name: 'Allow…' }));
    await vi.waitFor(() => expect(onCheck).toHaveBeenCalledOnce());
    expect(asked).toEqual(['e1']);
  });

  it('says that nothing was changed when the rights were not given', async () => {
    const { onCheck } = openInDesktop({
      outcome: 'cancelled',
      message: 'The rights were not given: nothing was changed.',
    });
    await userEvent.click(screen.getByRole('button', { name: 'Allow…' }));
    expect(await screen.findByText('The rights were not given: nothing was changed.')).toBeDefined();
    expect(onCheck).not.toHaveBeenCalled();
  });
});
