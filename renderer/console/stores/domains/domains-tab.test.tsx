// @vitest-environment jsdom
import { Notifications } from '@mantine/notifications';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { DomainGuide, RehearsalDns, StoreDomain } from '../../../../server/contract/domains.ts';
import { type FakeAnswers, problemResponse, renderInConsole } from '../../../testing/render.tsx';
import { buildRehearsal } from '../../names/testing/build-rehearsal.ts';
import { buildCheck, buildDomain, buildGuide } from '../testing/build-domains.ts';
import { DomainsTab } from './domains-tab.tsx';

/** A server that keeps the domains of one store and plays their DNS. */
function open(given: readonly StoreDomain[] = [], more: FakeAnswers = {}) {
  let domains = [...given];
  let dns: RehearsalDns = buildRehearsal();
  const added: unknown[] = [];
  const find = (name: string) => domains.find(({ domain }) => domain === name) ?? buildDomain({ domain: name });
  const guideOf = (name: string, changes: Partial<DomainGuide> = {}) => buildGuide({ domain: find(name), ...changes });
  const ui = (
    <>
      <Notifications />
      <DomainsTab store={{ code: 'fashion', name: 'Fashion Boutique' }} />
    </>
  );
  renderInConsole(ui, {
    at: '/stores/fashion?tab=domains',
    operations: {
      storeDomains: () => ({ domains, resolver: 'rehearsal' }),
      checkDomain: ({ body }) => ({
        domain: body.domain,
        displayName: body.domain,
        faults: body.domain.includes('*') ? [{ field: 'domain', message: 'must not have a wildcard' }] : [],
        warnings: body.domain.endsWith('.dev') ? [{ code: 'hsts_preload', message: 'Browsers want HTTPS there.' }] : [],
        twin: `www.${body.domain}`,
      }),
      addDomain: ({ body }) => {
        added.push(body);
        domains = [...domains, buildDomain({ domain: body.domain })];
        return Response.json(guideOf(body.domain), { status: 201 });
      },
      domainGuide: ({ params }) => guideOf(params.domain),
      removeDomain: ({ params }) => {
        domains = domains.filter(({ domain }) => domain !== params.domain);
        return new Response(null, { status: 204 });
      },
      verifyDomain: ({ params }) => {
        const isWell = dns.playing.every(({ scenario }) => scenario === 'correct');
        const check = isWell
          ? buildCheck('txt')
          : buildCheck('txt', { verdict: 'failed', message: 'Another token.', found: ['orion-verify=0000'] });
        domains = domains.map((one) =>
          one.domain === params.domain ? { ...one, isVerified: isWell, state: isWell ? 'verified' : 'failed' } : one,
        );
        return guideOf(params.domain, { checks: [check] });
      },
      rehearsalDns: () => dns,
      playScenario: ({ body }) => {
        dns = { ...dns, playing: [{ domain: body.domain, store: 'fashion', scenario: body.scenario }] };
        return dns;
      },
      ...more,
    },
  });
  return { added };
}

const field = () => screen.findByRole('textbox', { name: 'Domain' });

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('DomainsTab', () => {
  it('checks a domain while it is typed, and opens the guide of the one that was added', async () => {
    const { added } = open();
    expect(await screen.findByText('No domain of its own yet')).toBeDefined();
    await userEvent.type(await field(), '*.mug.dev');
    expect(await screen.findByText('Must not have a wildcard.')).toBeDefined();
    expect(screen.getByRole('button', { name: 'Add' }).hasAttribute('disabled')).toBe(true);

    await userEvent.clear(await field());
    await userEvent.type(await field(), 'mug.dev');
    expect(await screen.findByText('Browsers want HTTPS there.')).toBeDefined();
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Also add www.mug.dev' }));
    await userEvent.click(screen.getByRole('button', { name: 'Add' }));

    const guide = within(await screen.findByRole('region', { name: 'mug.dev' }));
    expect(await guide.findByRole('button', { name: 'Copy the value of the TXT record' })).toBeDefined();
    expect(added).toEqual([{ domain: 'mug.dev', withTwin: false }]);
  });

  it('says what was expected and what was found, and proves the domain once the DNS plays well', async () => {
    open([buildDomain()]);
    const guide = within(await screen.findByRole('region', { name: 'shop.example' }));
    await userEvent.click(await guide.findByRole('button', { name: 'Check now' }));
    const checks = within(await guide.findByRole('list', { name: 'What was found' }));
    expect(checks.getByText('orion-verify=1234')).toBeDefined();
    expect(checks.getByText('orion-verify=0000')).toBeDefined();

    await userEvent.click(await guide.findByRole('combobox', { name: 'What the rehearsal DNS plays' }));
    await userEvent.click(await screen.findByRole('option', { name: /All is well/ }));
    await userEvent.click(guide.getByRole('button', { name: 'Check now' }));
    expect(await guide.findByRole('button', { name: 'Check again' })).toBeDefined();
    expect(await guide.findByText('verified')).toBeDefined();
  });

  it('takes a domain that was not proven away at once and brings it back, and asks about one that was', async () => {
    const { added } = open([buildDomain(), buildDomain({ domain: 'z.example', isVerified: true, state: 'verified' })]);
    await userEvent.click(await screen.findByRole('button', { name: 'More for shop.example' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove' }));
    const undo = await screen.findByRole('button', { name: 'Undo' });
    await waitFor(() => expect(screen.queryByRole('region', { name: 'shop.example' })).toBeNull());
    await userEvent.click(undo);
    await waitFor(() => expect(added).toEqual([{ domain: 'shop.example' }]));

    await userEvent.click(await screen.findByRole('link', { name: /z\.example/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'More for z.example' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Remove' }));
    expect(await screen.findByRole('dialog', { name: 'Remove z.example?' })).toBeDefined();
  });

  it('says why a domain cannot be added in the server’s words', async () => {
    open([], { addDomain: () => problemResponse(409, 'domain_taken', 'Another store has mug.example.') });
    await userEvent.type(await field(), 'mug.example');
    await userEvent.click(screen.getByRole('button', { name: 'Add' }));
    expect(await screen.findByText('Another store has mug.example.')).toBeDefined();
  });
});
