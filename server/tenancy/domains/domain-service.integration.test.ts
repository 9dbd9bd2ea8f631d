/** The life of a store's domain: added, proven, chosen, lost. On both engines, without a server. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { auditLog } from '../../database/platform-tables.ts';
import type { BackendName } from '../../database/store-database.ts';
import { addVerified, ageDomain, CONSOLE, type DomainKit, OWNER, openDomainKit } from '../../testing/domain-kit.ts';
import { BOTH_ENGINES } from '../../testing/test-platform.ts';
import { CLAIM_MS } from './add-domains.ts';
import { MAX_DOMAINS } from './domain-name.ts';

async function open(backend?: BackendName, options?: Parameters<typeof openDomainKit>[1]): Promise<DomainKit> {
  const kit = await openDomainKit(backend, options);
  onTestFinished(() => kit.close());
  return kit;
}

const add = ({ domains }: DomainKit, store: DomainKit['alpha'], domain: string, withTwin = false) =>
  domains.add(store, { domain, withTwin }, CONSOLE);

async function audited({ platform }: DomainKit): Promise<string[]> {
  const rows = await platform.table(auditLog).find({ order: [['id', 'asc']] });
  return rows.map(({ action, resource, actor }) => `${actor} ${action} ${resource}`);
}

describe.each(BOTH_ENGINES)('the domains of a store on %s', (backend) => {
  it('are added, proven by their record, and answer from then on', async () => {
    const kit = await open(backend);
    const { domains, directory, rehearsal, alpha } = kit;
    const found = async () => (await directory.byDomain('shop.test')).value;

    const added = await add(kit, alpha, 'Shop.TEST.', true);
    expect(added.domain).toMatchObject({
      domain: 'shop.test',
      state: 'pending',
      isPrimary: false,
      twin: 'www.shop.test',
    });
    expect(await found()).toMatchObject({ isVerified: false });

    const early = await domains.verify(alpha, 'shop.test', 'dns', CONSOLE);
    expect(early.domain).toMatchObject({ state: 'pending', isVerified: false, lastFault: null });
    expect(early.checks[0]).toMatchObject({ id: 'txt', verdict: 'waiting' });

    await rehearsal.play('shop.test', 'correct');
    const proven = await domains.verify(alpha, 'shop.test', 'dns', CONSOLE);
    expect(proven.domain).toMatchObject({ state: 'verified', verifiedBy: 'dns', isPrimary: true, lastFault: null });
    expect(proven.checks.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual([
      'txt ok',
      'holder ok',
      'address ok',
      'www ok',
      'certificate ok',
    ]);
    expect(proven.steps.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done', 'done', 'done']);
    // The one record proves the name with www. as well.
    expect((await domains.guide(alpha, 'www.shop.test', CONSOLE)).domain).toMatchObject({ verifiedBy: 'dns' });
    expect(await found()).toMatchObject({ isVerified: true, isPrimary: true, primaryDomain: 'shop.test' });
    expect(await audited(kit)).toEqual([
      'test domain.add shop.test',
      'test domain.add www.shop.test',
      'test domain.verify shop.test',
      'test domain.verify www.shop.test',
    ]);
    expect(kit.told).toMatchObject(Array(2).fill({ name: 'changed', code: 'alpha' }));
  });

  it('are one store’s alone, also when two ask at the same moment', async () => {
    const kit = await open(backend);

    const answers = await Promise.allSettled([
      add(kit, kit.alpha, 'race.test'),
      add(kit, kit.beta, 'race.test'),
      add(kit, kit.beta, 'www.race.test', true),
    ]);

    const kept = [...(await kit.domains.list(kit.alpha, CONSOLE)), ...(await kit.domains.list(kit.beta, CONSOLE))];
    expect(kept.filter(({ domain }) => domain === 'race.test')).toHaveLength(1);
    for (const answer of answers)
      if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ status: 409, code: 'domain_taken' });
  });

  it('have one primary domain at most, which hands over when it is switched off or removed', async () => {
    const kit = await open(backend);
    const { domains, alpha } = kit;
    const primary = async () =>
      (await domains.list(alpha, CONSOLE)).filter(({ isPrimary }) => isPrimary).map(({ domain }) => domain);
    for (const domain of ['one.test', 'two.test', 'three.test']) await addVerified(kit, alpha, domain);
    expect(await primary()).toEqual(['one.test']);

    await domains.change(alpha, 'three.test', { isPrimary: true }, CONSOLE);
    expect(await primary()).toEqual(['three.test']);
    await domains.change(alpha, 'three.test', { isActive: false }, CONSOLE);
    expect(await primary()).toEqual(['one.test']);
    await domains.remove(alpha, 'one.test', CONSOLE);
    expect(await primary()).toEqual(['two.test']);
    await domains.change(alpha, 'two.test', { isActive: false }, CONSOLE);
    expect(await primary()).toEqual([]);
    await domains.change(alpha, 'three.test', { isActive: true }, CONSOLE);
    expect(await primary()).toEqual(['three.test']);

    await Promise.allSettled(
      ['two.test', 'three.test'].map((domain) =>
        domains.change(alpha, domain, { isActive: true, isPrimary: true }, CONSOLE),
      ),
    );
    expect(await primary()).toHaveLength(1);
  });
});

describe('a domain that another store has', () => {
  it('is refused: the console is told whose it is, an owner is not', async () => {
    const kit = await open();
    await addVerified(kit, kit.alpha, 'mine.test');
    await ageDomain(kit, 'mine.test', CLAIM_MS * 2);

    const asConsole = await kit.domains.check(kit.beta, 'mine.test', CONSOLE);
    const asOwner = await kit.domains.check(kit.beta, 'mine.test', OWNER);
    expect(asConsole.faults[0]?.message).toContain('belongs to Store alpha (alpha)');
    expect(asOwner.faults[0]?.message).toContain('mine.test is taken');
    expect(JSON.stringify(asOwner)).not.toContain('alpha');
    await expect(kit.domains.add(kit.beta, { domain: 'mine.test', withTwin: false }, OWNER)).rejects.toMatchObject({
      code: 'domain_taken',
      message: expect.not.stringContaining('alpha'),
    });
  });

  it('is free again when nobody proved it for a week, and only then', async () => {
    const kit = await open();
    await add(kit, kit.alpha, 'squat.test');
    await expect(add(kit, kit.beta, 'squat.test')).rejects.toMatchObject({ code: 'domain_taken' });

    await ageDomain(kit, 'squat.test', CLAIM_MS + 1000);
    await add(kit, kit.beta, 'squat.test');

    expect(await kit.domains.list(kit.alpha, CONSOLE)).toEqual([]);
    expect(await audited(kit)).toContain('system domain.lapse squat.test');
    expect(kit.told.map(({ code }) => code)).toEqual(['alpha', 'beta', 'alpha']);
  });

  it('is not proven by the other store’s code', async () => {
    const kit = await open();
    await add(kit, kit.alpha, 'other.test');
    await add(kit, kit.beta, 'shop.test');
    const { file } = await kit.domains.guide(kit.alpha, 'other.test', CONSOLE);
    const record = {
      name: '_orion-verify.shop.test',
      type: 'TXT' as const,
      value: `orion-verify=${file.content}`,
      ttl: 60,
    };
    await kit.rehearsal.addRecord(record);

    const guide = await kit.domains.verify(kit.beta, 'shop.test', 'dns', OWNER);

    expect(guide.domain).toMatchObject({ state: 'failed', isVerified: false });
    expect(guide.checks.find(({ id }) => id === 'holder')).toMatchObject({ verdict: 'failed' });
    expect(JSON.stringify(guide)).not.toContain('alpha');
  });
});

describe('adding a domain', () => {
  it('refuses what no store can have, one it has, and more than there may be', async () => {
    const kit = await open();
    await add(kit, kit.alpha, 'shop.test');
    for (const domain of ['co.uk', '*.shop.test', '10.0.0.1', 'shop.localhost', ''])
      await expect(add(kit, kit.alpha, domain), domain).rejects.toMatchObject({ status: 422 });
    await expect(add(kit, kit.alpha, 'shop.test')).rejects.toMatchObject({ status: 409 });

    for (let count = 1; count < MAX_DOMAINS; count += 1) await add(kit, kit.alpha, `d${count}.test`);
    await expect(add(kit, kit.alpha, 'more.test')).rejects.toThrow(`at most ${MAX_DOMAINS}`);
    expect(await kit.domains.list(kit.alpha, CONSOLE)).toHaveLength(MAX_DOMAINS);
  });

  it('gives the records as registrars want them', async () => {
    const kit = await open('sqlite/database', { publicAddresses: ['203.0.113.10', '2001:db8::10'] });

    const { records, file } = await add(kit, kit.alpha, 'bücher.co.uk', true);

    const zone = 'xn--bcher-kva.co.uk';
    expect(records.map(({ type, host, name, value }) => [type, host, name, value])).toEqual([
      ['TXT', '_orion-verify', `_orion-verify.${zone}`, `orion-verify=${file.content}`],
      ['A', '@', zone, '203.0.113.10'],
      ['AAAA', '@', zone, '2001:db8::10'],
      ['CNAME', 'www', `www.${zone}`, zone],
    ]);
    const below = await add(kit, kit.alpha, 'shop.books.test');
    expect(below.records.map(({ host }) => host)).toEqual(['_orion-verify.shop', 'shop', 'shop']);
  });
});

describe('verifying', () => {
  it('by the administrator asks nobody and is written down', async () => {
    const kit = await open();
    await add(kit, kit.alpha, 'quiet.test');

    const { domain } = await kit.domains.verify(kit.alpha, 'quiet.test', 'administrator', CONSOLE);

    expect(domain).toMatchObject({ isVerified: true, verifiedBy: 'administrator', isPrimary: true, checkedAt: null });
    expect(await audited(kit)).toContain('test domain.verify quiet.test');
    expect((await kit.rehearsal.view()).questions).toEqual([]);
  });

  it('by the file fetches it from where the domain points', async () => {
    const kit = await open();
    await add(kit, kit.alpha, 'file.test');

    await kit.rehearsal.play('file.test', 'wrong_token');
    const wrong = await kit.domains.verify(kit.alpha, 'file.test', 'file', CONSOLE);
    expect(wrong.domain).toMatchObject({ state: 'failed', isVerified: false });
    expect(wrong.checks[0]).toMatchObject({
      id: 'file',
      verdict: 'failed',
      found: ['0123456789abcdef0123456789abcdef'],
    });

    await kit.rehearsal.play('file.test', 'correct');
    const right = await kit.domains.verify(kit.alpha, 'file.test', 'file', CONSOLE);
    expect(right.domain).toMatchObject({ state: 'verified', verifiedBy: 'file' });
  });

  it('once done stays, whatever is found later', async () => {
    const kit = await open();
    await addVerified(kit, kit.alpha, 'kept.test');
    await kit.rehearsal.play('kept.test', 'expired');

    const { domain } = await kit.domains.verify(kit.alpha, 'kept.test', 'dns', CONSOLE);

    expect(domain).toMatchObject({ state: 'verified', isVerified: true, isActive: true });
    expect(domain.lastFault).toContain('does not exist in the DNS');
  });

  it('asks once for whoever asks at the same moment', async () => {
    const kit = await open();
    await add(kit, kit.alpha, 'busy.test');
    const verify = () => kit.domains.verify(kit.alpha, 'busy.test', 'dns', CONSOLE);
    await Promise.all(Array.from({ length: 10 }, verify));

    const asked = (await kit.rehearsal.view()).questions.filter(
      ({ name, type }) => name === '_orion-verify.busy.test' && type === 'TXT',
    );
    expect(asked).toHaveLength(1);
  });

  it('ends quietly for a domain that was removed meanwhile', async () => {
    const kit = await open();
    await add(kit, kit.alpha, 'gone.test');
    await kit.rehearsal.change({ delayMs: 100 });

    const verifying = kit.domains.verify(kit.alpha, 'gone.test', 'dns', CONSOLE);
    const refused = expect(verifying).rejects.toMatchObject({ status: 404, code: 'domain_not_found' });
    await kit.domains.remove(kit.alpha, 'gone.test', CONSOLE);

    await refused;
  });
});

describe('in production', () => {
  it('there is no rehearsal to prove anything with', async () => {
    const kit = await open('sqlite/database', { isDevelopment: false, publicAddresses: ['203.0.113.10'] });

    await expect(kit.rehearsal.change({ resolver: 'rehearsal' })).rejects.toMatchObject({ status: 422 });
    await expect(kit.rehearsal.play('shop.test', 'correct')).rejects.toMatchObject({ status: 422 });
    expect(await kit.rehearsal.view()).toMatchObject({ resolver: 'system', isRunning: false, port: null });
    expect((await kit.rehearsal.resolver()).kind).toBe('system');
  });
});
