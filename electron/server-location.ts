import { join } from 'node:path';

/** Where the server and its Node are. */
export interface ServerLocation {
  readonly nodeBinary: string;
  /** The server's entry. */
  readonly entry: string;
}

export interface AppPlace {
  readonly isPackaged: boolean;
  /** The packaged app's folder of extra files (`process.resourcesPath`). */
  readonly resourcesPath: string;
  /** The repository's root, when the app is not packaged. */
  readonly projectRoot: string;
  readonly platform: NodeJS.Platform;
}

/** A packaged app brings server and Node along as extra files; else both are the repository's own. */
export function locateServer({ isPackaged, resourcesPath, projectRoot, platform }: AppPlace): ServerLocation {
  const node = platform === 'win32' ? 'node.exe' : 'node';
  return isPackaged
    ? { nodeBinary: join(resourcesPath, 'node', node), entry: join(resourcesPath, 'server-app/server/main.ts') }
    : { nodeBinary: join(projectRoot, 'node_modules/node/bin', node), entry: join(projectRoot, 'server/main.ts') };
}
