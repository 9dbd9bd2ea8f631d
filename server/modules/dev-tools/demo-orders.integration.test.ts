/** Demo orders write to a store without a cart: nobody but those who may write there can place one. */
import { describe, expect, it } from 'vitest';
import { startTestPlatform, type TestPlatform } from '../../testing/test-platform.ts';

const place = (platform: TestPlatform, code: string, token: string) =>
  platform.ask({
    host: `${code}.localhost:{port}`,
    method: 'POST',
    path: '/api/v1/demo-orders',
    headers: token === '' ? {} : { Authorization: `Bearer ${token}` },
  });

describe('POST /api/v1/demo-orders', () => {
  it('places an order for the command line and for members of the store', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore,fashion' });
    const [member] = await platform.parts.stores.members((await platform.parts.stores.get('techstore')).id);
    const { id: storeId } = await platform.parts.stores.get('techstore');
    const token = await platform.parts.sessions.begin({ kind: 'staff', userId: member?.id ?? '', storeId });

    const answer = await place(platform, 'techstore', platform.parts.controlToken);
    expect([answer.status, answer.json<{ orderNumber: string }>().orderNumber]).toEqual([
      201,
      expect.stringMatching(/^DEMO-/),
    ]);
    expect((await place(platform, 'techstore', token)).status).toBe(201);
    expect((await place(platform, 'fashion', token)).status).toBe(401);
    expect((await place(platform, 'techstore', '')).status).toBe(401);
    expect((await place(platform, 'techstore', 'wrong')).status).toBe(401);
  });

  it('is left out in production', async () => {
    const platform = await startTestPlatform({ fixtures: 'techstore', flags: ['--mode', 'production'] });

    expect((await place(platform, 'techstore', platform.parts.controlToken)).status).toBe(404);
  });
});
