import type { AddressInfo } from 'node:net';
import Koa from 'koa';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { AppContext, AppState } from '../context.ts';
import { UnscopedStatementError } from '../database/guard/unscoped-statement-error.ts';
import type { AppError } from '../errors.ts';
import { errorBoundary } from './error-boundary.ts';
import { createLogger } from './log.ts';

const error = new UnscopedStatementError({
  table: 'orders',
  kind: 'missing',
  sql: 'SELECT secret FROM orders',
  callSite: 'server/modules/orders/service.ts:12',
  fix: 'Add a predicate.',
});

/** What a browser and a program read when a page fails on `error`. */
async function answers(isDevelopment: boolean): Promise<readonly string[]> {
  const app = new Koa<AppState>();
  const renderPage = (ctx: AppContext, shown: AppError) => {
    ctx.body = `<p>${shown.code}: ${shown.message}</p>`;
  };
  app.use(errorBoundary({ log: createLogger({ level: 'silent', format: 'json' }), renderPage, isDevelopment }));
  app.use(() => {
    throw error;
  });
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return Promise.all(
    ['text/html', 'application/json'].map(async (accept) => {
      const answer = await fetch(url, { headers: { accept, connection: 'close' } });
      expect(answer.status).toBe(500);
      return answer.text();
    }),
  );
}

describe('a fault of the program that has a message for developers', () => {
  it('shows table, call site and fix in development, and never the statement', async () => {
    for (const text of await answers(true)) {
      expect(text).toContain('unscoped_statement');
      expect(text).toContain('server/modules/orders/service.ts:12');
      expect(text).toContain('Add a predicate.');
      expect(text).not.toContain('secret');
    }
  });

  it('shows nothing of it in production', async () => {
    for (const text of await answers(false)) {
      expect(text).toContain('internal_error');
      expect(text).not.toMatch(/orders|service\.ts|predicate|unscoped/);
    }
  });
});
