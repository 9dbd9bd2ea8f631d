import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readOptions, UsageError } from './options.ts';

const root = resolve('/project');
const read = (line: string, platform = 'linux') => readOptions(line.split(' ').filter(Boolean), platform, root);

describe('readOptions', () => {
  it('makes the app as a folder for this system when nothing is said', () => {
    expect(read('')).toEqual({
      system: 'linux',
      targets: ['dir'],
      output: join(root, 'dist/package'),
      isInspectable: false,
    });
    expect(read('', 'win32')).toMatchObject({ system: 'win', targets: ['dir'] });
    expect(read('', 'darwin')).toMatchObject({ system: 'mac', targets: ['dir'] });
  });

  it('takes several targets', () => {
    expect(read('--linux deb AppImage --inspectable')).toMatchObject({
      targets: ['deb', 'AppImage'],
      isInspectable: true,
    });
  });

  it('refuses another system, and says why', () => {
    expect(() => read('--win nsis')).toThrow(/^Packages for Windows are made on Windows: .* those of Linux here/);
    expect(() => read('--linux dir', 'darwin')).toThrow(UsageError);
  });

  it('refuses an unknown target with the ones there are', () => {
    expect(() => read('--linux deb snap')).toThrow('--linux has no target snap. There are dir, AppImage, deb.');
  });

  it('refuses unknown flags and stray words', () => {
    expect(() => read('--lunix deb')).toThrow(/unknown option '--lunix'.*--linux/s);
    expect(() => read('deb')).toThrow(UsageError);
  });
});
