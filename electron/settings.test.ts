import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Settings } from './settings.ts';

/** A file in a folder that is not there yet. */
function settingsFile(content?: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'orion-settings-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  if (content === undefined) return join(folder, 'new/settings.json');
  const file = join(folder, 'settings.json');
  writeFileSync(file, content);
  return file;
}

describe('Settings', () => {
  it('ends the server with the window until the user says otherwise, and remembers what was said', () => {
    const file = settingsFile();
    const settings = new Settings(file);
    expect(settings.get()).toEqual({ keepServerRunning: false });

    expect(settings.set({ keepServerRunning: true })).toEqual({ keepServerRunning: true });

    expect(new Settings(file).get()).toEqual({ keepServerRunning: true });
    expect(existsSync(`${file}.new`)).toBe(false);
  });

  it('keeps what a change does not name, and takes nothing it does not know', () => {
    const file = settingsFile();
    new Settings(file).set({ keepServerRunning: true });

    expect(new Settings(file).set({ nonsense: 1 })).toEqual({ keepServerRunning: true });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ keepServerRunning: true });
  });

  it.each([[null], ['yes'], [[]], [{ keepServerRunning: 'yes' }], [{ keepServerRunning: null }]])(
    'refuses the change %j and stays as it was',
    (change) => {
      const settings = new Settings(settingsFile());

      expect(() => settings.set(change)).toThrow('true or false');
      expect(settings.get()).toEqual({ keepServerRunning: false });
    },
  );

  it.each([['{ half a fi'], ['[]'], ['{"keepServerRunning":"yes"}']])(
    'starts with defaults after %s, and keeps it aside',
    (content) => {
      const file = settingsFile(content);

      expect(new Settings(file).get()).toEqual({ keepServerRunning: false });
      expect(readFileSync(`${file}.broken`, 'utf8')).toBe(content);
      new Settings(file).set({ keepServerRunning: true });
      expect(new Settings(file).get()).toEqual({ keepServerRunning: true });
    },
  );
});
