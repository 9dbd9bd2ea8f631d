import { describe, expect, it } from 'vitest';
import { buildClient, buildLost, buildProbe } from '../testing/build-names.ts';
import { addressOfName, findNames, summaryOf } from './matrix.ts';

const fine = buildProbe('techstore.localhost');
const lost = buildProbe('shop.example', {
  kind: 'domain',
  store: 'fashion',
  clients: [buildLost('browser'), buildClient('app'), buildLost('system'), buildLost('curl')],
});

describe('summaryOf', () => {
  it('says in one line that all is well, or for whom it is not', () => {
    expect(summaryOf([]).title).toBe('There is no name to try yet');
    expect(summaryOf([fine])).toMatchObject({ tone: 'good', title: 'The one name works in every client' });
    expect(summaryOf([fine, fine]).title).toBe('All 2 names work in every client');
    expect(summaryOf([fine, lost])).toMatchObject({
      tone: 'warn',
      failing: 1,
      title: '1 of 2 names does not resolve for browsers, other programs and curl',
    });
  });

  it('says for whom most names fail, then the others', () => {
    const half = buildProbe('a.localhost', { clients: [buildClient('browser'), buildLost('system')] });
    expect(summaryOf([half, half, lost]).title).toBe(
      '3 names do not resolve for other programs, 1 for browsers and curl',
    );
  });

  it('does not blame the resolver when another server answers', () => {
    const taken = buildProbe('a.example', { clients: [buildClient('curl', { verdict: 'fails' })] });
    expect(summaryOf([taken]).title).toBe('1 name does not work for curl');
  });

  it('says what could not be tried', () => {
    const half = buildProbe('a.example', {
      clients: [buildClient('app'), buildClient('curl', { verdict: 'unknown' })],
    });
    expect(summaryOf([half, half]).title).toBe('All 2 names work wherever tried; curl could not be asked about each');
  });
});

it('finds names by what they are and whose', () => {
  expect(findNames([fine, lost], 'FASH')).toEqual([lost]);
  expect(findNames([fine, lost], 'own domain')).toEqual([lost]);
  expect(findNames([fine, lost], ' ')).toHaveLength(2);
});

it('opens a name where it was asked, or on the port of this server', () => {
  const http = { url: 'https://shop.example:8443/health/live', status: 200, isOurs: true, ms: 1 };
  const asked = buildProbe('shop.example', { clients: [buildClient('app', { http })] });
  expect(addressOfName(asked, '8000')).toBe('https://shop.example:8443/');
  expect(addressOfName(fine, '8000')).toBe('http://techstore.localhost:8000/');
  const nowhere = buildProbe('shop.example', { clients: [buildLost('curl')] });
  expect(addressOfName(nowhere, '8000')).toBe('http://shop.example:8000/');
  expect(addressOfName(nowhere, '')).toBe('http://shop.example/');
});
