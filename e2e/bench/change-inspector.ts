import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import type { ServerProcess } from './child.ts';

/** Changes settings of a running server's inspector, as its command line does. @throws {Error} when it refuses */
export async function changeInspector(server: ServerProcess, dataDir: string, changes: object): Promise<void> {
  const { controlToken } = JSON.parse(await readFile(join(dataDir, 'server.json'), 'utf8')) as { controlToken: string };
  const body = JSON.stringify(changes);
  await new Promise<void>((resolve, reject) => {
    const headers = {
      Host: `admin.localhost:${server.port}`,
      Authorization: `Bearer ${controlToken}`,
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
    };
    const call = request({ port: server.port, host: '127.0.0.1', method: 'PATCH', path: '/api/inspector', headers });
    call.once('error', reject);
    call.once('response', (response) => {
      response.resume();
      if (response.statusCode === 200) resolve();
      else reject(new Error(`the inspector's settings could not be changed: ${response.statusCode}`));
    });
    call.end(body);
  });
}
