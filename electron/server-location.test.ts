import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { locateServer } from './server-location.ts';

const place = { resourcesPath: 'resources', projectRoot: 'project', platform: 'linux' } as const;

describe('locateServer', () => {
  it('is the repository’s own server and Node as long as the app is not packaged', () => {
    expect(locateServer({ ...place, isPackaged: false })).toEqual({
      nodeBinary: join('project', 'node_modules/node/bin/node'),
      entry: join('project', 'server/main.ts'),
    });
  });

  it('is what a packaged app brings along', () => {
    expect(locateServer({ ...place, isPackaged: true, platform: 'win32' })).toEqual({
      nodeBinary: join('resources', 'node', 'node.exe'),
      entry: join('resources', 'server-app/server/main.ts'),
    });
  });
});
