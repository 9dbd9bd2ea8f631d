import type { ServerInfo } from '../contract/server.ts';
import type { About } from '../parts.ts';

export interface ServerInfoParts {
  readonly about: () => About;
  readonly bootId: string;
  readonly startedAt: number;
  readonly config: { readonly platformDomain: string; readonly pathRouting: boolean; readonly dataDir: string };
}

/** What the administrator may know of this server; `/health` tells everyone less. */
export function serverInfo(parts: ServerInfoParts, port: number): ServerInfo {
  const { platformDomain, pathRouting, dataDir } = parts.config;
  return {
    ...parts.about(),
    bootId: parts.bootId,
    pid: process.pid,
    nodeVersion: process.version,
    platformDomain,
    pathRouting,
    port,
    dataDir,
    startedAt: parts.startedAt,
    memoryBytes: process.memoryUsage.rss(),
  };
}
