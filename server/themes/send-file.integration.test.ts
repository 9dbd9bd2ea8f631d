import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Koa from 'koa';
import { expect, it, onTestFinished } from 'vitest';
import type { AppContext } from '../context.ts';
import { AppError } from '../errors.ts';
import { type Answer, ask } from '../testing/http.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';
import { PICTURE_TYPES, sendFile } from './send-file.ts';

/** Asks for a file of `root`; `afterwards` happens when the answer is decided and not sent yet. */
async function get(root: string, file: string, afterwards: () => void = () => undefined): Promise<Answer> {
  const app = new Koa();
  app.use(async (ctx) => {
    try {
      await sendFile(ctx as unknown as AppContext, root, file, { types: PICTURE_TYPES, cacheControl: 'no-cache' });
      afterwards();
    } catch (error) {
      ctx.status = error instanceof AppError ? error.status : 500;
    }
  });
  const server = createServer(app.callback());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return ask((server.address() as AddressInfo).port, { host: 'localhost' });
}

it('sends a file as it was found, also when it is removed meanwhile', async () => {
  const root = temporaryFolder();
  const file = join(root, 'logo.png');
  writeFileSync(file, 'a picture');

  const answer = await get(root, 'logo.png', () => rmSync(file));

  expect(answer).toMatchObject({ status: 200, text: 'a picture' });
});

it.each(['../secret.png', 'link.png', 'folder.png', 'page.html', 'nothing.png', 'a\u0000.png', ''])(
  'has no file %j',
  async (file) => {
    const folder = temporaryFolder();
    const root = join(folder, 'root');
    mkdirSync(join(root, 'folder.png'), { recursive: true });
    writeFileSync(join(folder, 'secret.png'), 'secret');
    writeFileSync(join(root, 'page.html'), '<script></script>');
    symlinkSync(join(folder, 'secret.png'), join(root, 'link.png'));

    expect((await get(root, file)).status).toBe(404);
  },
);
