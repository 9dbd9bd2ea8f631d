/** Logos from upload to storefront: what is kept is a small bitmap, and what cannot be one is refused in words. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LogoFiles } from '../tenancy/logo-files.ts';
import { makePicture, uploadOf } from '../testing/pictures.ts';
import { BOTH_ENGINES, startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { LogoReader } from './logo-reader.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20"><path d="M0 0h60v20z" fill="#c00"/></svg>';

interface Problem {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
}

const check = (platform: TestPlatform, body: unknown) =>
  platform.askConsole({ method: 'POST', path: '/api/logos/check', body });

/** Reads a picture as the server does, without one. */
async function read(file: Buffer | string, fileName?: string) {
  const result = await new LogoReader().read(uploadOf(file, fileName));
  if (!result.ok) throw new Error(result.fault.message);
  const { format, logo } = result;
  return { format, width: logo.width, height: logo.height, kept: await sharp(logo.picture).metadata() };
}

describe('LogoReader', () => {
  it.each(['png', 'jpeg', 'webp', 'avif', 'gif'] as const)('takes %s, whatever its name says', async (format) => {
    const found = await read(await makePicture(format, { width: 1200, height: 400 }), 'a.txt');

    expect(found).toMatchObject({ format, width: 512, height: 171 });
    expect(found.kept).toMatchObject({ format: 'webp', width: 512, height: 171 });
  });

  it('turns an SVG of any size into a bitmap that is large enough', async () => {
    expect(await read(SVG)).toMatchObject({ format: 'svg', width: 512, height: 171 });
    expect(await read(SVG.replace('<svg', '<svg width="9" height="3"'))).toMatchObject({ width: 512, height: 171 });
  });

  it('leaves a small picture as it is, turns a photo upright and forgets where it was taken', async () => {
    const photo = await sharp(await makePicture('jpeg', { width: 120, height: 40 }))
      .withExif({ IFD0: { Copyright: 'a secret place' } })
      .withMetadata({ orientation: 6 })
      .toBuffer();
    expect((await sharp(photo).metadata()).exif).toBeDefined();

    const found = await read(photo);

    expect(found).toMatchObject({ width: 40, height: 120 });
    expect(found.kept.exif).toBeUndefined();
  });

  it.each([
    ['an empty file', async () => '', 422, /is empty/],
    ['text', async () => 'hello', 422, /is text: choose a PNG/],
    ['a PDF', async () => '%PDF-1.7', 422, /is a PDF document/],
    ['a web page', async () => '<!doctype html><svg></svg>', 422, /is a web page/],
    [
      'a picture that was cut off',
      async () => (await makePicture('jpeg', { width: 900, height: 900 })).subarray(0, 4000),
      422,
      /damaged, cut off/,
    ],
    [
      'a picture of which only the head is there',
      async () => (await makePicture('png')).subarray(0, 40),
      422,
      /damaged, cut off/,
    ],
    [
      'an SVG that is not closed',
      async () => '<svg xmlns="http://www.w3.org/2000/svg"><rect>',
      422,
      /damaged, cut off/,
    ],
    [
      'more bytes than are taken',
      async () => Buffer.alloc(2 * 1024 * 1024 + 1, 'a'),
      413,
      /2\.0 MiB; a logo may have at most 2 MiB/,
    ],
    [
      'a small file with too many pixels',
      () => makePicture('png', { width: 6000, height: 6000 }),
      422,
      /6000 × 6000 pixels/,
    ],
    [
      'an SVG with too many pixels',
      async () => SVG.replace('<svg', '<svg width="90000" height="30000"'),
      422,
      /90000 × 30000 pixels/,
    ],
    [
      'an SVG with a script',
      async () => SVG.replace('<path', '<script>alert(1)</script><path'),
      422,
      /holds a <script> element: remove it/,
    ],
    [
      'an SVG with a handler and a reference',
      async () => SVG.replace('<path', '<image onload="x()" href="http://a.example/b"/><path'),
      422,
      /onload.*a\.example/,
    ],
    [
      'an SVG with many pictures inside that are small files, and large together',
      async () => {
        const file = (await makePicture('png', { width: 3000, height: 3000 })).toString('base64');
        return SVG.replace('<path', `${`<image href="data:image/png;base64,${file}"/>`.repeat(4)}<path`);
      },
      422,
      /too many pixels together: make them smaller/,
    ],
    [
      'an SVG with entities',
      async () => `<!DOCTYPE svg [<!ENTITY a "b">]>${SVG}`,
      422,
      /a DOCTYPE, .*an ENTITY declaration/,
    ],
  ])('refuses %s, and says what to do', async (_name, file, status, message) => {
    const result = await new LogoReader().read(uploadOf(await file(), 'my "logo".png'));

    if (result.ok) throw new Error('it was taken');
    expect(result).toMatchObject({ status, fault: { field: 'logo' } });
    expect(result.fault.message).toMatch(message);
    expect(result.fault.message).toContain('my "logo".png');
  });
});

describe('POST /api/logos/check', () => {
  it('shows what would be kept, or the fault at its field', async () => {
    const platform = await startTestPlatform();
    const taken = await check(platform, uploadOf(SVG));

    expect(taken.json()).toMatchObject({ format: 'svg', width: 512, height: 171 });
    const kept = Buffer.from(
      taken.json<{ preview: string }>().preview.replace('data:image/webp;base64,', ''),
      'base64',
    );
    expect(await sharp(kept).metadata()).toMatchObject({ format: 'webp', width: 512 });
    expect((await check(platform, uploadOf('hello'))).json()).toMatchObject({
      status: 422,
      code: 'validation_failed',
      errors: [{ field: 'logo', message: expect.stringContaining('is text') }],
    });
    expect((await check(platform, uploadOf(Buffer.alloc(2_200_000)))).json()).toMatchObject({
      status: 413,
      errors: [{ field: 'logo' }],
    });
  });

  it('refuses bodies that are no upload', async () => {
    const platform = await startTestPlatform();

    expect((await check(platform, { fileName: 'a', data: 'not base64!' })).json()).toMatchObject({
      status: 422,
      errors: [{ field: 'data' }],
    });
    expect((await check(platform, { fileName: 'a'.repeat(300), data: '' })).status).toBe(422);
    expect((await check(platform, {})).status).toBe(422);
    expect((await check(platform, '[')).json()).toMatchObject({ status: 400, code: 'body_invalid' });
    expect((await check(platform, { fileName: 'a', data: 'A'.repeat(5_000_000) })).json()).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
  });
});

describe('a picture that takes too long', () => {
  /** Copies of copies of copies: small to read, endless to draw. */
  const endless = () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `<g id="g${level + 1}">${`<use href="#g${level}"/>`.repeat(7)}</g>`,
    );
    const shape =
      '<filter id="f"><feGaussianBlur stdDeviation="80"/></filter><rect id="g0" width="90" height="90" filter="url(#f)"/>';
    return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 90"><defs>${shape}${levels.join('')}</defs><use href="#g9"/></svg>`;
  };

  it('is given up, and those who wait get their turn', async () => {
    const reader = new LogoReader({ timeoutMs: 1500 });
    const slow = Array.from({ length: 2 }, () => reader.read(uploadOf(endless(), 'slow.svg')));
    const quick = reader.read(uploadOf(SVG, 'quick.svg'));

    const refused = await Promise.all(slow);
    for (const result of refused) {
      if (result.ok) throw new Error('it was drawn');
      expect(result.fault.message).toMatch(/slow\.svg" (takes too long to draw|is damaged)/);
    }
    expect((await quick).ok).toBe(true);
  });

  it('ends with the server that asked, however that ended', async () => {
    const decoder = fork(join(import.meta.dirname, 'logo-decoder.ts'), { serialization: 'advanced' });
    onTestFinished(() => {
      decoder.kill('SIGKILL');
    });
    const ended = once(decoder, 'exit');
    await once(decoder, 'spawn');
    decoder.send({ bytes: Buffer.from(endless()), format: 'svg', maxPixels: 1e6 });

    decoder.disconnect();

    expect(await ended).toBeDefined();
  });

  it('lets only some wait', async () => {
    const reader = new LogoReader({ maxWaiting: 1 });
    const all = await Promise.allSettled(Array.from({ length: 9 }, () => reader.read(uploadOf(SVG))));

    const refused = all.filter((result) => result.status === 'rejected');
    expect(refused).toHaveLength(6);
    expect(refused[0]?.reason).toMatchObject({ status: 503, code: 'logos_busy' });
    expect((await reader.read(uploadOf(SVG))).ok).toBe(true);
  });
});

describe.each(BOTH_ENGINES)('a store with a logo on %s', (backend) => {
  const create = (platform: TestPlatform, body: object) =>
    platform.askConsole({ method: 'POST', path: '/api/stores', body });
  const patch = (platform: TestPlatform, body: object) =>
    platform.askConsole({ method: 'PATCH', path: '/api/stores/books', body });
  const home = async (platform: TestPlatform) =>
    (await platform.ask({ host: 'books.localhost', headers: { Accept: 'text/html' } })).text;
  const files = (platform: TestPlatform) => {
    try {
      return readdirSync(join(platform.parts.storageDir, 'store_1')).sort();
    } catch {
      return [];
    }
  };

  it('shows it in its header from the first page on, in the room it needs', async () => {
    const platform = await startTestPlatform({ backend });
    const made = await create(platform, { name: 'Books', color: '#0F766E', logo: uploadOf(SVG, 'books.svg') });

    expect(made.status).toBe(201);
    const { logoUrl } = made.json<{ logoUrl: string }>();
    expect(logoUrl).toMatch(/^\/api\/stores\/books\/logo\?v=/);
    const page = await home(platform);
    const [, src = ''] = /<img[^>]* src="([^"]*)" alt="Books" width="512" height="171">/.exec(page) ?? [];
    expect(page).toMatch(/<link rel="icon" href="\/media\/favicon-[0-9a-f]+\.png">/);
    expect(page).toContain('--color-primary:#0f766e');
    expect((await platform.ask({ host: 'books.localhost', path: src })).headers['content-type']).toBe('image/webp');
    const shown = await platform.askConsole({ path: logoUrl });
    expect(shown.headers).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
    });
    expect((await platform.ask({ host: 'admin.localhost:{port}', path: logoUrl })).status).toBe(401);
    expect((await platform.ask({ host: 'books.localhost', path: logoUrl })).status).not.toBe(200);
  });

  it('is not made when the logo is no picture, and every fault is named at once', async () => {
    const platform = await startTestPlatform({ backend });
    const answer = await create(platform, { name: '', code: 'a b', logo: uploadOf('hello') });

    expect(answer.json<Problem>().errors?.map(({ field }) => field)).toEqual(['name', 'code', 'logo']);
    expect((await create(platform, { name: 'Books', logo: uploadOf(Buffer.alloc(2_200_000)) })).json()).toMatchObject({
      status: 413,
      code: 'logo_too_large',
      errors: [{ field: 'logo' }],
    });
    expect(await platform.parts.stores.list()).toEqual([]);
    expect(files(platform)).toEqual([]);
  });

  it('gets another one, or none, and the old files go', async () => {
    const platform = await startTestPlatform({ backend });
    await create(platform, { name: 'Books', logo: uploadOf(SVG) });
    const before = files(platform);
    const changed = await patch(platform, { logo: uploadOf(await makePicture('png')) });

    expect(changed.status).toBe(200);
    expect(files(platform)).toHaveLength(2);
    expect(files(platform)).not.toEqual(before);
    expect(await home(platform)).toContain('width="300" height="100"');
    expect((await patch(platform, { logo: null })).json()).toMatchObject({ logoUrl: null, version: 3 });
    expect(files(platform)).toEqual([]);
    expect(await home(platform)).not.toContain('<img');
    expect((await platform.askConsole({ path: '/api/stores/books/logo' })).status).toBe(404);
  });

  it('keeps the one it has when the new one is refused or comes too late', async () => {
    const platform = await startTestPlatform({ backend });
    await create(platform, { name: 'Books', logo: uploadOf(SVG) });
    const before = files(platform);

    expect((await patch(platform, { name: ' ', logo: uploadOf('hello') })).json<Problem>().errors).toMatchObject([
      { field: 'name' },
      { field: 'logo' },
    ]);
    expect((await patch(platform, { version: 7, logo: uploadOf(await makePicture('png')) })).json()).toMatchObject({
      status: 409,
      code: 'version_conflict',
    });
    expect(files(platform)).toEqual(before);
  });

  it.each([
    ['deleted', 'before', '/api/stores/books', 'store_deleted'],
    ['deleted', 'after', '/api/stores/books', 'store_deleted'],
    ['removed for good', 'before', '/api/stores/books?permanently=true', 'store_not_found'],
    ['removed for good', 'after', '/api/stores/books?permanently=true', 'store_not_found'],
  ])('that is %s right %s its logo is written is not changed, and nothing is left', async (_what, when, path, code) => {
    const platform = await startTestPlatform({ backend });
    await create(platform, { name: 'Books' });
    const write = LogoFiles.prototype.write;
    const remove = () => platform.askConsole({ method: 'DELETE', path });
    const writing = vi.spyOn(LogoFiles.prototype, 'write').mockImplementationOnce(async function (
      this: LogoFiles,
      ...given
    ) {
      if (when === 'before') await remove();
      const written = await write.apply(this, given);
      if (when === 'after') await remove();
      return written;
    });
    onTestFinished(() => writing.mockRestore());

    const answer = await patch(platform, { logo: uploadOf(SVG) });

    expect(answer.json()).toMatchObject({ status: 404, code });
    expect(files(platform)).toEqual([]);
    if (path.endsWith('permanently=true')) expect(readdirSync(platform.parts.storageDir)).toEqual([]);
  });

  it('that is removed for good while its logo is written is refused in words', async () => {
    const platform = await startTestPlatform({ backend });
    await create(platform, { name: 'Books' });
    const writing = vi.spyOn(LogoFiles.prototype, 'write').mockImplementationOnce(async () => {
      await platform.askConsole({ method: 'DELETE', path: '/api/stores/books?permanently=true' });
      throw Object.assign(new Error('the folder is not there any more'), { code: 'ENOENT' });
    });
    onTestFinished(() => writing.mockRestore());

    expect((await patch(platform, { logo: uploadOf(SVG) })).json()).toMatchObject({ code: 'store_not_found' });
  });

  it('has no files left of a logo that was cut short when the server was killed', async () => {
    const before = await startTestPlatform({ backend });
    await create(before, { name: 'Books', logo: uploadOf(SVG) });
    const folder = join(before.parts.storageDir, 'store_1');
    const inUse = files(before);
    await before.askConsole({ method: 'DELETE', path: '/api/stores/books' });
    await before.stop();
    const stem = '0123456789abcdef';
    for (const name of [`logo-${stem}.webp`, `favicon-${stem}.png.new`, 'logo.webp', `logo-${stem}.txt`])
      writeFileSync(join(folder, name), 'left over');

    const after = await startTestPlatform({ backend, dataDir: before.dataDir });

    expect(files(after)).toEqual([...inUse, `logo-${stem}.txt`, 'logo.webp'].sort());
    await after.askConsole({ method: 'POST', path: '/api/deleted-stores/books/restore' });
    expect((await after.askConsole({ path: '/api/stores/books/logo' })).status).toBe(200);
  });
});
