import { expect, it } from 'vitest';
import { type Asked, clientProbes } from './client-probes.ts';
import type { HttpProbe } from './http-probe.ts';

const answer = (isOurs: boolean, status: number | null = 200): HttpProbe => ({
  url: 'http://x/',
  status,
  isOurs,
  ms: 2,
});
const works: Asked = {
  name: 'shop.test',
  port: 8000,
  httpsPort: null,
  system: { addresses: ['127.0.0.1'], failure: null, ms: 1 },
  answers: [answer(true)],
  direct: answer(true),
  curl: { http: answer(true), addresses: ['127.0.0.1'], error: null },
  proxy: null,
};
const unknown: Partial<Asked> = {
  system: { addresses: [], failure: 'not_found', ms: 1 },
  answers: [],
  curl: { http: answer(false, null), addresses: [], error: 'curl: (6) Could not resolve host: shop.test' },
};

function probe(asked: Partial<Asked>) {
  const probes = clientProbes({ ...works, ...asked });
  return Object.fromEntries(probes.map((one) => [one.client, one])) as Record<string, (typeof probes)[number]>;
}

it('says that a name works for everyone', () => {
  expect(clientProbes(works).map(({ verdict }) => verdict)).toEqual(['works', 'works', 'works', 'works']);
});

it('says that an unknown name works in the app alone, and what to do', () => {
  const { browser, app, system, curl } = probe(unknown);

  expect([browser?.verdict, app?.verdict, system?.verdict, curl?.verdict]).toEqual([
    'fails',
    'works',
    'fails',
    'fails',
  ]);
  expect(system?.fix).toContain('orion hosts sync');
  expect(curl?.message).toContain('Could not resolve host');
});

it('knows that most browsers resolve names below .localhost themselves, and Safari does not', () => {
  const { browser, system } = probe({ ...unknown, name: 'shop.localhost' });

  expect([browser?.verdict, system?.verdict]).toEqual(['works', 'fails']);
  expect(browser?.message).toContain('Safari asks the system, which does not lead it here.');
});

it('names the port for HTTPS where there is one', () => {
  expect(probe({ name: 'shop.dev', httpsPort: 8443 })['browser']?.message).toContain('https://…:8443');
});

it('warns of ends that browsers open by HTTPS only, and of .local', () => {
  expect(probe({ name: 'shop.dev' })['browser']).toMatchObject({
    verdict: 'unknown',
    fix: expect.stringContaining('HTTPS'),
  });
  expect(probe({ name: 'shop.local' })['system']?.message).toContain('takes seconds');
});

it('tells another program on the port from this server', () => {
  const { system, curl } = probe({
    answers: [answer(false, 403)],
    curl: { ...works.curl, http: answer(false, 403) } as Asked['curl'],
  });

  expect(system).toMatchObject({
    verdict: 'fails',
    message: expect.stringContaining('another program answers on port 8000 (status 403)'),
  });
  expect(curl?.verdict).toBe('fails');
});

it('notes when ::1 makes requests wait', () => {
  const both = { addresses: ['::1', '127.0.0.1'], failure: null, ms: 1 };

  expect(probe({ system: both, answers: [answer(false, null), answer(true)] })['system']).toMatchObject({
    verdict: 'works',
    message: expect.stringContaining('wait before they go on to 127.0.0.1'),
  });
});

it('names an address that is not of this machine, a resolver that is silent, and a proxy that curl asks', () => {
  expect(probe({ system: { addresses: ['192.0.2.1'], failure: null, ms: 1 }, answers: [] })['system']?.message).toBe(
    'It leads to 192.0.2.1, which is not this machine.',
  );
  expect(probe({ system: { addresses: [], failure: 'timeout', ms: 3000 }, answers: [] })['system']?.message).toContain(
    'within 3 s',
  );
  expect(probe({ system: null, answers: [] })['system']?.verdict).toBe('unknown');
  expect(
    probe({ curl: { http: answer(false, 502), addresses: [], error: null }, proxy: 'http://proxy:3128' })['curl'],
  ).toMatchObject({
    fix: 'export no_proxy="$no_proxy,shop.test"',
  });
});
