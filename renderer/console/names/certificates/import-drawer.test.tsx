// @vitest-environment jsdom
import { Notifications } from '@mantine/notifications';
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';
import { problemResponse, renderInConsole } from '../../../testing/render.tsx';
import { buildCertificates } from '../testing/build-certificates.ts';
import { CertificatesTab } from './certificates-tab.tsx';

function WithNotifications() {
  return (
    <>
      <Notifications />
      <CertificatesTab />
    </>
  );
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

it('says at the field what is wrong with a certificate, and keeps what was typed until it is taken', async () => {
  let isRefused = true;
  renderInConsole(<WithNotifications />, {
    operations: {
      certificates: () => buildCertificates(),
      listStores: () => ({ stores: [] }),
      importCertificate: () =>
        isRefused
          ? problemResponse(422, 'invalid', 'Not possible.', {
              errors: [{ field: 'key', message: 'does not belong to the certificate' }],
            })
          : Response.json(buildCertificates(), { status: 201 }),
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Import a certificate' }));
  const [certificate, key] = [
    await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Certificate' }),
    screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Private key' }),
  ];
  await userEvent.type(certificate, 'CERT');
  await userEvent.type(key, 'KEY');
  await userEvent.click(screen.getByRole('button', { name: 'Import' }));
  expect(await screen.findByText('Does not belong to the certificate.')).toBeDefined();
  await userEvent.keyboard('{Escape}');

  await userEvent.click(await screen.findByRole('button', { name: 'Import a certificate' }));
  expect((await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Certificate' })).value).toBe('CERT');
  isRefused = false;
  await userEvent.click(screen.getByRole('button', { name: 'Import' }));
  expect(await screen.findByText('The certificate is taken.')).toBeDefined();
});

it('reads a dropped file, and refuses one that is no PEM file', async () => {
  renderInConsole(<CertificatesTab />, {
    operations: { certificates: () => buildCertificates(), listStores: () => ({ stores: [] }) },
  });
  await userEvent.click(await screen.findByRole('button', { name: 'Import a certificate' }));
  const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Certificate' });
  const [input] = document.querySelectorAll<HTMLInputElement>('input[type="file"]');
  if (!input) throw new Error('no file field');
  await userEvent.upload(input, new File(['hello'], 'letter.pem'));
  expect(await screen.findByText('letter.pem is no PEM file', { exact: false })).toBeDefined();

  const pem = '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n';
  await userEvent.upload(input, new File([pem], 'shop.pem'));
  await vi.waitFor(() => expect(field.value).toBe(pem));
});
