import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { profileFolder, serverArguments } from './profile.ts';

const usual = resolve('/home/someone/.config/Orion Studio');
const input = { usual, named: '', serverArgs: [], env: {}, cwd: resolve('/projects') };

describe('serverArguments', () => {
  it('takes everything after the first --, and nothing before it', () => {
    expect(serverArguments(['electron', '--no-sandbox', 'app', '--', '--port', '1', '--', 'x'])).toEqual([
      '--port',
      '1',
      '--',
      'x',
    ]);
    expect(serverArguments(['electron', 'app', '--port', '1'])).toEqual([]);
  });
});

describe('profileFolder', () => {
  it('is the usual one as long as nobody names a data folder', () => {
    expect(profileFolder(input)).toBe(usual);
    expect(profileFolder({ ...input, serverArgs: ['--port', '0'], env: { ORION_DATA_DIR: '' } })).toBe(usual);
  });

  it('is one for each data folder, by whatever way it is named', () => {
    const one = profileFolder({ ...input, serverArgs: ['--data-dir', 'data'] });

    expect(one).toMatch(new RegExp(`${join('Orion Studio', 'data-folders').replaceAll('\\', '\\\\')}.[0-9a-f]{16}$`));
    expect(profileFolder({ ...input, serverArgs: ['--port', '0', `--data-dir=${resolve('/projects/data')}`] })).toBe(
      one,
    );
    expect(profileFolder({ ...input, env: { ORION_DATA_DIR: './data' } })).toBe(one);
    // A flag counts more than the environment, and the last flag more than the first: as for the server.
    const args = ['--data-dir=first', '--data-dir', 'data'];
    expect(profileFolder({ ...input, serverArgs: args, env: { ORION_DATA_DIR: 'other' } })).toBe(one);
    expect(profileFolder({ ...input, serverArgs: ['--data-dir', 'other'] })).not.toBe(one);
  });

  it('is what --user-data-dir says, whatever else is given', () => {
    expect(profileFolder({ ...input, named: 'mine', serverArgs: ['--data-dir', 'data'] })).toBe(
      resolve('/projects/mine'),
    );
  });
});
