/** A pool outlives its connections, whenever they break. */
import { type AddressInfo, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createPostgresPool } from './pool.ts';

/** One message of the protocol. Source: PostgreSQL manual, "Message Formats". */
function message(type: string, ...parts: readonly (string | number)[]): Buffer {
  const body = Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([0, 0, 0, part]))),
  );
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}

const READY = Buffer.concat([message('R', 0), message('Z', 'I')]);
const ENDED = message('E', 'SFATAL\0', 'C57P01\0', 'Mterminating connection due to administrator command\0', '\0');

/** Listens like a Postgres that answers each connection's first message, and then hangs up. */
async function serverThatSays(answer: Buffer): Promise<number> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => socket.end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return (server.address() as AddressInfo).port;
}

it('survives a connection that is ended in the moment it is handed over', async () => {
  const port = await serverThatSays(Buffer.concat([READY, ENDED]));
  const settings = { host: '127.0.0.1', port, database: 'a', user: 'a', password: 'a', ssl: false } as const;
  const pool = createPostgresPool(settings, { max: 1 });

  // An error that nobody listens for would end this process.
  for (let count = 0; count < 3; count += 1)
    await expect(pool.use((client) => client.query('SELECT 1'))).rejects.toThrow(/not queryable|terminated/);

  expect(pool.stats()).toMatchObject({ used: 0, waiting: 0 });
  await pool.close();
});
