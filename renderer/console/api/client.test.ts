import { afterEach, describe, expect, it, vi } from 'vitest';
import { addressOf, call } from './client.ts';
import { ProblemError } from './problem.ts';

afterEach(() => vi.unstubAllGlobals());

describe('call', () => {
  it('fills in the path, escapes it, and leaves empty filters out', () => {
    expect(addressOf('/api/stores/{code}', { code: 'a/b c' })).toBe('/api/stores/a%2Fb%20c');
    expect(addressOf('/api/requests', {}, { store: '', text: 'x&y', limit: 5, mode: undefined })).toBe(
      '/api/requests?text=x%26y&limit=5',
    );
  });

  it("throws the server's refusal with its faults", async () => {
    const body = {
      type: 'urn:orion:problem:validation_failed',
      title: 'The input has faults',
      status: 422,
      code: 'validation_failed',
      detail: 'name: must not be empty',
      instance: '/api/stores',
      requestId: 'r1',
      errors: [{ field: 'name', message: 'must not be empty' }],
    };
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json(body, { status: 422 })));

    const error = await call('createStore', { body: { name: '' } }).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).faults).toEqual([{ field: 'name', message: 'must not be empty' }]);
  });

  it('says that the server does not answer, also when an answer breaks off', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    await expect(call('server', {})).rejects.toMatchObject({ isUnreachable: true });
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('{"version": "0.', { status: 200 })));
    await expect(call('server', {})).rejects.toMatchObject({ isUnreachable: true });
  });

  it('makes a problem of an answer that is none', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>', { status: 502 })));
    await expect(call('server', {})).rejects.toMatchObject({ code: 'unreadable_answer', status: 502 });
  });
});
