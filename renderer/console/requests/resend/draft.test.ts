import { describe, expect, it } from 'vitest';
import { buildTrace } from '../build-request.ts';
import { changesOf, draftOf, headerFaults } from './draft.ts';

const body = { contentType: 'text/plain', bytes: 3, keptBytes: 3, text: 'one', base64: null, note: null };
const request = buildTrace({ method: 'POST', requestHeaders: { accept: '*/*', cookie: '…' }, requestBody: body });
const draft = draftOf(request);

describe('changesOf', () => {
  it('leaves out what was not changed, so that masked secrets stay with the server', () => {
    expect(changesOf(request, draft)).toEqual({});
    expect(changesOf(request, { ...draft, url: 'http://tech.localhost:8000/a' })).toEqual({
      url: 'http://tech.localhost:8000/a',
    });
  });

  it('gives every header when one of them changed, without empty rows', () => {
    const headers = [...draft.headers, { key: 7, name: 'X-New', value: '1' }, { key: 8, name: ' ', value: '' }];
    expect(changesOf(request, { ...draft, headers }).headers).toEqual({ accept: '*/*', cookie: '…', 'X-New': '1' });
  });

  it('sends no body when it was emptied', () => {
    expect(changesOf(request, { ...draft, body: '' })).toEqual({ body: null });
    expect(changesOf(request, { ...draft, body: 'two' })).toEqual({ body: 'two' });
  });
});

it('finds headers that have no name, a wrong one, or one twice', () => {
  const headers = [
    { key: 1, name: 'Accept', value: '*/*' },
    { key: 2, name: 'accept', value: 'text/html' },
    { key: 3, name: '', value: 'x' },
    { key: 4, name: 'two words', value: '' },
    { key: 5, name: '', value: '' },
  ];
  expect([...headerFaults({ ...draft, headers }).keys()]).toEqual([2, 3, 4]);
});
