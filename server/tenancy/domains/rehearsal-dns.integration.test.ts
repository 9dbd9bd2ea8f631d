/** The DNS that plays the internet: every scenario over real packets, and what an owner is told of it. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { nodeResolver } from '../../network/dns/domain-resolver.ts';
import type { Scenario } from '../../network/dns/rehearsal-zone.ts';
import { addVerified, CONSOLE, type DomainKit, openDomainKit } from '../../testing/domain-kit.ts';

async function open(): Promise<DomainKit> {
  const kit = await openDomainKit();
  onTestFinished(() => kit.close());
  return kit;
}

interface Expected {
  readonly state: 'pending' | 'verified' | 'failed';
  readonly verdicts: string;
  readonly says: string;
}

/** `verdicts`: of the TXT record, other stores, the address, the twin, and the certificate. `slow` has a test of its own. */
const EXPECTED: Readonly<Record<Exclude<Scenario, 'slow'>, Expected>> = {
  correct: { state: 'verified', verdicts: 'ok ok ok ok ok', says: 'holds the right value' },
  empty: { state: 'pending', verdicts: 'waiting ok waiting failed skipped', says: 'There is no TXT record' },
  wrong_token: { state: 'failed', verdicts: 'failed ok ok ok skipped', says: 'holds another code' },
  held_by_another_store: { state: 'failed', verdicts: 'failed failed ok ok skipped', says: 'proven for another store' },
  expired: { state: 'failed', verdicts: 'waiting ok failed failed skipped', says: 'its registration has expired' },
  missing_www: { state: 'verified', verdicts: 'ok ok ok failed ok', says: 'www.shop.test does not exist' },
  certificate_pending: { state: 'verified', verdicts: 'ok ok ok ok waiting', says: 'is not there yet' },
  timeout: { state: 'failed', verdicts: 'failed ok failed failed skipped', says: 'no DNS server answered' },
  server_failure: { state: 'failed', verdicts: 'failed ok failed failed skipped', says: 'SERVFAIL' },
  not_found: { state: 'pending', verdicts: 'waiting ok ok ok skipped', says: 'There is no TXT record' },
  loop: { state: 'failed', verdicts: 'failed ok failed failed skipped', says: 'lead in a circle' },
  lies: { state: 'failed', verdicts: 'failed ok failed failed skipped', says: 'points to 192.0.2.66' },
};

describe('the scenario', () => {
  it.each(Object.entries(EXPECTED) as [Scenario, Expected][])('%s is told as it is', async (scenario, expected) => {
    const kit = await open();
    await kit.domains.add(kit.alpha, { domain: 'shop.test', withTwin: true }, CONSOLE);
    await kit.rehearsal.play('shop.test', scenario);

    const { domain, checks } = await kit.domains.verify(kit.alpha, 'shop.test', 'dns', CONSOLE);

    expect(domain.state).toBe(expected.state);
    expect(checks.map(({ verdict }) => verdict).join(' ')).toBe(expected.verdicts);
    expect(checks.map(({ message }) => message).join(' ')).toContain(expected.says);
    expect(checks.every(({ verdict, fix }) => verdict !== 'failed' || fix !== null)).toBe(true);
  });

  it.each([
    ['correct', 'ok', 'holds the right line'],
    ['empty', 'waiting', 'points nowhere'],
    ['wrong_token', 'failed', 'something else'],
    ['held_by_another_store', 'failed', 'something else'],
    ['timeout', 'failed', 'no DNS server answered'],
    ['server_failure', 'waiting', 'SERVFAIL'],
    ['loop', 'waiting', 'lead in a circle'],
    ['lies', 'waiting', 'Nothing answers at 192.0.2.66'],
  ] as const)('%s gives the file as %s', async (scenario, verdict, says) => {
    const kit = await open();
    await kit.domains.add(kit.alpha, { domain: 'shop.test', withTwin: false }, CONSOLE);
    await kit.rehearsal.play('shop.test', scenario);

    const { checks } = await kit.domains.verify(kit.alpha, 'shop.test', 'file', CONSOLE);

    expect(checks[0]).toMatchObject({ id: 'file', verdict, message: expect.stringContaining(says) });
  });
});

describe('the rehearsal DNS', () => {
  it('answers what was set by hand, in place of what a scenario says', async () => {
    const kit = await open();
    await addVerified(kit, kit.alpha, 'shop.test');
    await kit.rehearsal.addRecord({ name: 'Shop.test.', type: 'A', value: '192.0.2.7', ttl: 60 });
    await kit.rehearsal.addRecord({ name: 'free.test', type: 'TXT', value: 'x'.repeat(1500), ttl: 60 });
    const resolver = await kit.rehearsal.resolver();

    expect(await resolver.resolve4('shop.test')).toEqual({ ok: true, values: ['192.0.2.7'] });
    expect(await resolver.resolve6('shop.test')).toEqual({ ok: true, values: ['::1'] });
    // Longer than a packet over UDP: it comes over TCP.
    expect(await resolver.resolveTxt('free.test')).toEqual({ ok: true, values: ['x'.repeat(1500)] });
    expect(await resolver.resolve4('free.test')).toMatchObject({ ok: false, kind: 'no_records' });
    expect(await resolver.resolve4('nobody.test')).toMatchObject({ ok: false, kind: 'not_found' });

    const { questions, records, playing, tryCommand, port } = await kit.rehearsal.view();
    expect(questions.map(({ transport, type, answer }) => `${transport} ${type} ${answer}`)).toContain(
      'udp TXT truncated: ask over TCP',
    );
    expect(questions.some(({ transport }) => transport === 'tcp')).toBe(true);
    expect(playing).toEqual([{ domain: 'shop.test', store: 'alpha', scenario: 'correct' }]);
    expect(tryCommand).toBe(`dig @127.0.0.1 -p ${port} _orion-verify.shop.test TXT`);

    for (const { id } of records) await kit.rehearsal.removeRecord(id);
    expect(await resolver.resolve4('shop.test')).toEqual({ ok: true, values: ['127.0.0.1'] });
  });

  it('is as slow as it is told', async () => {
    const kit = await open();
    await kit.rehearsal.play('shop.test', 'correct');
    await kit.rehearsal.change({ delayMs: 5000 });
    const resolver = await kit.rehearsal.resolver();

    expect(await resolver.resolve4('shop.test')).toMatchObject({ ok: false, kind: 'timeout' });

    await kit.rehearsal.change({ delayMs: 0 });
    expect(await resolver.resolve4('shop.test')).toMatchObject({ ok: true });
  });

  it('plays slow answers that come in the end', async () => {
    const kit = await open();
    await kit.rehearsal.play('shop.test', 'slow');
    const { address, port } = await kit.rehearsal.view();
    const patient = nodeResolver('rehearsal', { servers: [`${address}:${port}`], timeoutMs: 20_000, tries: 1 });

    expect(await patient.resolve4('shop.test')).toMatchObject({ ok: true });
  });

  it('names every fault of a record, and keeps none of it', async () => {
    const kit = await open();
    const wrong = [
      { name: 'a b', type: 'A', value: '300.1.1.1', ttl: 60 },
      { name: 'shop.test', type: 'AAAA', value: '127.0.0.1', ttl: 60 },
      { name: 'shop.test', type: 'CNAME', value: '-', ttl: 60 },
      { name: 'shop.test', type: 'TXT', value: 'x'.repeat(5000), ttl: 60 },
    ] as const;
    for (const record of wrong) await expect(kit.rehearsal.addRecord(record)).rejects.toMatchObject({ status: 422 });
    await expect(kit.rehearsal.removeRecord('nothing')).rejects.toMatchObject({ status: 404 });
    await expect(kit.rehearsal.play('*.test', 'correct')).rejects.toMatchObject({ status: 422 });
    expect((await kit.rehearsal.view()).records).toEqual([]);
  });

  it('finds the record that stands in the wrong place', async () => {
    const kit = await open();
    const { records } = await kit.domains.add(kit.alpha, { domain: 'shop.test', withTwin: false }, CONSOLE);
    const value = records[0]?.value ?? '';
    for (const name of ['shop.test', '_orion-verify.shop.test.shop.test']) {
      await kit.rehearsal.addRecord({ name, type: 'TXT', value, ttl: 60 });
      const { checks } = await kit.domains.verify(kit.alpha, 'shop.test', 'dns', CONSOLE);
      expect(checks[0]?.message).toBe(`The record stands at ${name} instead of _orion-verify.shop.test.`);
      for (const { id } of (await kit.rehearsal.view()).records) await kit.rehearsal.removeRecord(id);
    }
    await kit.rehearsal.addRecord({ name: '_orion-verify.shop.test', type: 'TXT', value: value.slice(13), ttl: 60 });
    const { checks } = await kit.domains.verify(kit.alpha, 'shop.test', 'dns', CONSOLE);
    expect(checks[0]?.message).toContain('without orion-verify= before it');
  });
});
