/** The main process's own questions to the console's API, with the cookie of the window's session. */
import type { Session } from 'electron';
import type { CertificatesState } from '../server/contract/certificates.ts';
import type { Resolution } from '../server/contract/requests.ts';
import type { ServerPorts } from './store-address.ts';

export interface ConsoleAccess {
  readonly session: Session;
  /** The console's address, with `/` at the end; null while there is no server. */
  readonly address: string | null;
  /** Signs the session in anew; false when that did not work. */
  readonly signIn: () => Promise<boolean>;
}

/**
 * Asks the server whether it answers for an address, and for its ports.
 * @throws {Error} with the server's reason when it does not
 */
export async function askForStore(url: string, access: ConsoleAccess): Promise<ServerPorts> {
  const [certificates, { refusal }] = await Promise.all([
    ask<CertificatesState>(access, 'api/certificates'),
    ask<Resolution>(access, 'api/why', { url }),
  ]);
  // A store that is closed or missing has a page that says so; anything else is not for this server.
  if (refusal && refusal.status !== 404 && refusal.status !== 503) throw new Error(refusal.message);
  const http = Number(new URL(access.address ?? '').port || 80);
  return { http, https: certificates.https.listeningPort };
}

async function ask<Answer>(access: ConsoleAccess, path: string, body?: object): Promise<Answer> {
  const { address, session, signIn } = access;
  if (address === null) throw new Error('The server is not running.');
  const send = () =>
    session.fetch(address + path, {
      credentials: 'include',
      ...(body === undefined
        ? {}
        : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) }),
    });
  let answer = await send();
  if (answer.status === 401 && (await signIn())) answer = await send();
  if (!answer.ok) throw new Error(`The server answered ${answer.status} for ${path}.`);
  return (await answer.json()) as Answer;
}
