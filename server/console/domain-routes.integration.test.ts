/** Domains through the console's API and the command line, as the contract has them. */
import { describe, expect, it } from 'vitest';
import { callOperation, expectOperation } from '../testing/call-operation.ts';
import { orion } from '../testing/orion.ts';
import { startTestPlatform, type TestPlatform } from '../testing/test-platform.ts';
import { watchEvents } from '../testing/watch-events.ts';

const BOOKS = { params: { code: 'books' } };
const SHOP = { params: { code: 'books', domain: 'shop.test' } };

async function start(...flags: readonly string[]): Promise<TestPlatform> {
  const platform = await startTestPlatform({ flags });
  for (const name of ['Books', 'Toys']) await expectOperation(platform, 'createStore', { body: { name } });
  return platform;
}

describe("the operations of stores' domains", () => {
  it('lead from a typed name to an answering shop, and tell open consoles', async () => {
    const platform = await start();
    const changed = watchEvents(platform, 'changed');
    const shop = () => platform.ask({ host: 'shop.test:{port}', path: '/' });

    const checked = await expectOperation(platform, 'checkDomain', { ...BOOKS, body: { domain: 'Shop.test' } });
    expect(checked).toMatchObject({ domain: 'shop.test', faults: [], twin: 'www.shop.test' });
    expect(checked.warnings.map(({ code }) => code)).toEqual(['reserved_tld']);

    await expectOperation(platform, 'addDomain', { ...BOOKS, body: { domain: 'shop.test', withTwin: true } });
    expect((await shop()).status).toBe(421);
    await expectOperation(platform, 'playScenario', { body: { domain: 'shop.test', scenario: 'wrong_token' } });
    const wrong = await expectOperation(platform, 'verifyDomain', { ...SHOP, body: { method: 'dns' } });
    expect(wrong.checks[0]?.found).toEqual(['orion-verify=0123456789abcdef0123456789abcdef']);
    expect((await shop()).status).toBe(421);

    await expectOperation(platform, 'playScenario', { body: { domain: 'shop.test', scenario: 'correct' } });
    const right = await expectOperation(platform, 'verifyDomain', { ...SHOP, body: {} });
    expect(right.domain.url).toBe(`http://shop.test:${platform.port}/`);
    expect((await shop()).status).toBe(200);
    const twin = await platform.ask({ host: 'www.shop.test:{port}', path: '/' });
    expect([twin.status, twin.headers['location']]).toEqual([308, `http://shop.test:${platform.port}/`]);

    await expectOperation(platform, 'changeDomain', { ...SHOP, body: { isActive: false } });
    expect((await shop()).status).toBe(421);
    const { domains, resolver } = await expectOperation(platform, 'storeDomains', BOOKS);
    expect(domains.map(({ domain, isPrimary }) => [domain, isPrimary])).toEqual([
      ['www.shop.test', true],
      ['shop.test', false],
    ]);
    expect(resolver).toBe('rehearsal');
    await expectOperation(platform, 'removeDomain', SHOP);
    await expectOperation(platform, 'domainGuide', { params: { code: 'books', domain: 'www.shop.test' } });

    expect(changed().map(({ what }) => what)).toEqual(expect.arrayContaining(['domains', 'rehearsal']));
  });

  it('show and change the DNS for rehearsals', async () => {
    const platform = await start();
    const record = { name: 'shop.test', type: 'A', value: '192.0.2.1', ttl: 60 };

    const first = await expectOperation(platform, 'rehearsalDns');
    expect(first).toMatchObject({ resolver: 'rehearsal', isRunning: true, records: [] });
    const { records } = await expectOperation(platform, 'addRehearsalRecord', { body: record });
    expect(records).toMatchObject([record]);
    await expectOperation(platform, 'changeRehearsal', { body: { resolver: 'system', delayMs: 50 } });
    const params = { id: records[0]?.id ?? '' };
    expect(await expectOperation(platform, 'removeRehearsalRecord', { params })).toMatchObject({
      resolver: 'system',
      delayMs: 50,
      records: [],
    });
  });

  it('name every fault, and what there is not', async () => {
    const platform = await start();
    const statusOf = async (
      ...call: Parameters<typeof callOperation> extends [unknown, ...infer Rest] ? Rest : never
    ) => (await callOperation(platform, ...call)).status;
    await expectOperation(platform, 'addDomain', { ...BOOKS, body: { domain: 'shop.test' } });

    expect(await statusOf('addDomain', { ...BOOKS, body: { domain: 'co.uk' } })).toBe(422);
    expect(await statusOf('addDomain', { params: { code: 'toys' }, body: { domain: 'shop.test' } })).toBe(409);
    expect(await statusOf('addDomain', { params: { code: 'nobody' }, body: { domain: 'a.test' } })).toBe(404);
    expect(await statusOf('domainGuide', { params: { code: 'toys', domain: 'shop.test' } })).toBe(404);
    expect(await statusOf('verifyDomain', { params: { code: 'toys', domain: 'shop.test' }, body: {} })).toBe(404);
    expect(await statusOf('changeDomain', { ...SHOP, body: { isPrimary: true } })).toBe(409);
    expect(await statusOf('changeDomain', { ...SHOP, body: { isPrimary: false } })).toBe(422);
    expect(await statusOf('verifyDomain', { ...SHOP, body: { method: 'trust me' } })).toBe(422);
    expect(await statusOf('removeRehearsalRecord', { params: { id: 'x' } })).toBe(404);
  });
});

describe('orion domain', () => {
  it('adds, proves, chooses and removes domains of a running server', async () => {
    const platform = await start();
    const run = (...words: string[]) => orion(platform.dataDir, ['domain', ...words]);

    const added = await run('add', 'books', 'shop.test', '--with-twin');
    expect(added.out).toContain('_orion-verify');
    expect((await run('verify', 'books', 'shop.test')).exitCode).toBe(1);
    await expectOperation(platform, 'playScenario', { body: { domain: 'shop.test', scenario: 'correct' } });
    expect(await run('verify', 'books', 'shop.test')).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining('verified (dns)'),
    });
    const listed = JSON.parse((await run('list', 'books', '--format', 'json')).out);
    expect(listed.domains).toMatchObject([{ domain: 'shop.test', isPrimary: true }, { domain: 'www.shop.test' }]);
    expect((await run('remove', 'books', 'shop.test')).exitCode).toBe(0);
    expect(await run('add', 'books', 'co.uk')).toMatchObject({
      exitCode: 2,
      error: expect.stringContaining('public suffix'),
    });
  });

  it('does the same where no server runs', async () => {
    const platform = await start();
    await platform.stop();
    const run = (...words: string[]) => orion(platform.dataDir, ['domain', ...words]);

    await run('add', 'books', 'shop.test');
    const verified = await run('verify', 'books', 'shop.test', '--method', 'administrator', '--format', 'json');

    expect(JSON.parse(verified.out).domain).toMatchObject({ isVerified: true, verifiedBy: 'administrator' });
  });
});
