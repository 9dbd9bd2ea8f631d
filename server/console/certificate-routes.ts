import type { Router } from '@koa/router';
import type { AppContext, AppState } from '../context.ts';
import type { CertificatesState, ChangedTrust } from '../contract/certificates.ts';
import { operations } from '../contract/operations.ts';
import { NotFoundError } from '../errors.ts';
import type { TrustResults } from '../network/tls/authority-trust.ts';
import { certificatesState } from '../network/tls/certificate-state.ts';
import { renewAuthority, type Tls } from '../network/tls/create-tls.ts';
import type { EventHub } from './events-hub.ts';
import { readInput } from './input.ts';

export interface CertificateRouteParts {
  readonly tls: Tls;
  readonly events: EventHub;
}

/** Adds the routes of HTTPS, the local authority and certificates to the console's API. */
export function certificateRoutes(router: Router<AppState>, { tls, events }: CertificateRouteParts): void {
  const changed = (): Promise<CertificatesState> => {
    events.tellChanged('certificates');
    return certificatesState(tls);
  };
  const changedTrust = async (results: TrustResults): Promise<ChangedTrust> => ({ ...results, state: await changed() });

  router.get('/certificates', async (ctx) => {
    ctx.body = await certificatesState(tls);
  });
  router.get('/certificates/authority.crt', (ctx) => sendAuthority(ctx, tls));
  router.patch('/https', async (ctx) => {
    await tls.https.change(readInput(operations.changeHttps.body, ctx.request.body));
    ctx.body = await changed();
  });
  router.post('/certificates/trust', async (ctx) => {
    const { stores } = readInput(operations.trustAuthority.body, ctx.request.body);
    ctx.body = await changedTrust(await tls.trust.give(stores));
  });
  router.delete('/certificates/trust', async (ctx) => {
    const { stores } = readInput(operations.untrustAuthority.query, ctx.query);
    ctx.body = await changedTrust(await tls.trust.take(stores?.split(',')));
  });
  router.post('/certificates/renew', async (ctx) => {
    await renewAuthority(tls);
    ctx.body = await changedTrust(await tls.trust.outdated());
  });
  router.post('/certificates/imported', async (ctx) => {
    await tls.imported.add(readInput(operations.importCertificate.body, ctx.request.body));
    await forgetCertificates(tls);
    ctx.status = 201;
    ctx.body = await changed();
  });
  router.delete('/certificates/imported/:name', async (ctx) => {
    await tls.imported.remove(ctx.params['name'] ?? '');
    await forgetCertificates(tls);
    ctx.body = await changed();
  });
}

async function forgetCertificates({ hosts, https }: Tls): Promise<void> {
  hosts.forget();
  await https.refresh();
}

/** The certificate alone, to be taken to another program; its key is never given away. */
async function sendAuthority(ctx: AppContext, { authority }: Tls): Promise<void> {
  const found = await authority.find();
  if (!found)
    throw new NotFoundError('There is no local authority yet: switch HTTPS on, or trust it.', 'authority_missing');
  ctx.set('Content-Type', 'application/x-x509-ca-cert');
  ctx.set('Content-Disposition', 'attachment; filename="orion-studio-local-authority.crt"');
  ctx.body = found.pem;
}
