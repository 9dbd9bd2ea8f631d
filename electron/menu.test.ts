import type { MenuItem, MenuItemConstructorOptions } from 'electron';
import { describe, expect, it, vi } from 'vitest';
import { type MenuState, menuTemplate } from './menu.ts';

const running: MenuState = { isMac: false, isRunning: true, hasDataDir: true, keepServerRunning: false };

function makeActions() {
  return {
    send: vi.fn(),
    restartServer: vi.fn(),
    openDataFolder: vi.fn(),
    copySignInLink: vi.fn(),
    setKeepServerRunning: vi.fn(),
    showAbout: vi.fn(),
  };
}

/** Every entry of every menu. */
function entries(state: MenuState, actions = makeActions()): MenuItemConstructorOptions[] {
  return menuTemplate(actions, state).flatMap(({ submenu }) => (Array.isArray(submenu) ? submenu : []));
}

function click(entry: MenuItemConstructorOptions | undefined, item: Partial<MenuItem> = {}): void {
  entry?.click?.(item as MenuItem, undefined, {});
}

describe('menuTemplate', () => {
  it('hands every command of the contract to the console', () => {
    const actions = makeActions();
    for (const entry of entries(running, actions)) click(entry);

    expect(actions.send.mock.calls.flat().sort()).toEqual(
      [
        'go:/',
        'go:/help',
        'go:/names',
        'go:/preview',
        'go:/requests',
        'go:/routing',
        'go:/stores',
        'new-store',
        'palette',
      ].sort(),
    );
    expect(actions.restartServer).toHaveBeenCalledOnce();
    expect(actions.openDataFolder).toHaveBeenCalledOnce();
    expect(actions.copySignInLink).toHaveBeenCalledOnce();
    expect(actions.showAbout).toHaveBeenCalledOnce();
  });

  it('greys out what needs a running server, but not what brings one back', () => {
    const failed = { ...running, isRunning: false, hasDataDir: false };
    const isOn = (label: string) => entries(failed).find((entry) => entry.label === label)?.enabled !== false;

    expect(
      ['New store…', 'Overview', 'Command palette…', 'Copy sign-in link', 'Open data folder'].filter(isOn),
    ).toEqual([]);
    expect(['Restart server', 'Reload', 'Close window', 'Quit'].filter(isOn)).toHaveLength(4);
  });

  it('shows and changes whether the server is kept running', () => {
    const actions = makeActions();
    const entry = entries({ ...running, keepServerRunning: true }, actions).find(({ type }) => type === 'checkbox');
    click(entry, { checked: false });

    expect(entry?.checked).toBe(true);
    expect(actions.setKeepServerRunning).toHaveBeenCalledWith(false);
  });

  it('gives no two entries the same keys', () => {
    const keys = entries(running).flatMap(({ accelerator }) => (accelerator ? [accelerator] : []));

    expect(new Set(keys).size).toBe(keys.length);
  });

  it('follows macOS where that has menus of its own', () => {
    const roles = menuTemplate(makeActions(), { ...running, isMac: true }).map(({ role }) => role);

    expect(roles).toEqual(expect.arrayContaining(['appMenu', 'windowMenu']));
    expect(entries({ ...running, isMac: true }).some(({ role }) => role === 'quit')).toBe(false);
  });
});
