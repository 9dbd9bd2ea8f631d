import type { Router } from '@koa/router';
import type { AppState } from '../context.ts';
import { loadFixturesInput } from '../contract/server.ts';
import { NotFoundError } from '../errors.ts';
import type { FixtureService } from '../modules/fixtures/module.ts';
import { PICTURE_TYPES, sendFile } from '../themes/send-file.ts';
import { actorOf } from './actor.ts';
import { readInput } from './input.ts';

/** Adds the routes of catalogues and demo stores to the console's API. */
export function catalogueRoutes(router: Router<AppState>, fixtures: FixtureService): void {
  router.get('/catalogues', (ctx) => {
    ctx.body = { catalogues: fixtures.catalogues() };
  });
  router.get('/catalogues/:name/picture', async (ctx) => {
    const found = fixtures.picture(ctx.params['name'] ?? '');
    if (!found) throw new NotFoundError('There is no such picture.');
    await sendFile(ctx, found.folder, found.file, { types: PICTURE_TYPES, cacheControl: 'private, max-age=3600' });
  });
  router.post('/fixtures', async (ctx) => {
    const { codes } = readInput(loadFixturesInput, ctx.request.body);
    const known = codes.map((code) => knownFixture(code, fixtures));
    const loaded = [];
    for (const code of known) loaded.push(await fixtures.load(code, { actor: actorOf(ctx) }));
    ctx.body = { stores: loaded.map(({ store, isNew }) => ({ code: store.code, name: store.name, isNew })) };
  });
}

/** @throws {NotFoundError} when a new store cannot start with it */
export function knownCatalogue(name: string, fixtures: FixtureService): string {
  const known = ['empty', ...fixtures.names()];
  if (known.includes(name)) return name;
  throw new NotFoundError(`There is no catalogue "${name}". There are ${known.join(', ')}.`, 'catalogue_not_found');
}

function knownFixture(code: string, fixtures: FixtureService): string {
  const known = fixtures.names();
  if (known.includes(code)) return code;
  throw new NotFoundError(`There is no demo store "${code}". There are ${known.join(', ')}.`, 'fixture_not_found');
}
