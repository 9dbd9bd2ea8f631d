import { Button, Group, Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { HostCertificate } from '../../../../server/contract/certificates.ts';
import table from '../../../shared/data-table.module.css';
import { formatDate } from '../../../shared/format.ts';
import { notifyDone, notifyFailed } from '../../../shared/notify.tsx';
import { Panel } from '../../../shared/panel.tsx';
import { StateLabel } from '../../../shared/state-label.tsx';
import { StoreBadge } from '../../../shared/store-badge.tsx';
import { useNow } from '../../../shared/use-now.ts';
import { useChange, useRead } from '../../api/queries.ts';
import classes from './certificates-tab.module.css';
import { validityOf } from './validity.ts';

/** Names that are shown before the rest is counted. */
const SHOWN_NAMES = 3;

interface CertificatesTableProps {
  readonly certificates: readonly HostCertificate[];
  readonly onImport: () => void;
}

/** Every certificate that is shown to clients: made here, or brought. */
export function CertificatesTable({ certificates, onImport }: CertificatesTableProps) {
  const [removed, setRemoved] = useState<HostCertificate | null>(null);
  return (
    <Panel
      title="Certificates"
      more={
        <Button size="compact-sm" variant="default" onClick={onImport}>
          Import a certificate
        </Button>
      }
    >
      {certificates.length === 0 ? (
        <p className={table.none}>None yet. A name gets its certificate when it is first asked for by https.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
        <section className={`${table.scroller} ${classes.certificates}`} tabIndex={0} aria-label="Certificates by name">
          <table className={table.table}>
            <thead>
              <tr>
                <th scope="col">For</th>
                <th scope="col">Store</th>
                <th scope="col">Source</th>
                <th scope="col">Issuer</th>
                <th scope="col">Valid until</th>
                <th scope="col">
                  <span className={table.hidden}>Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {certificates.map((certificate) => (
                <Row
                  key={`${certificate.fingerprint} ${certificate.names[0]}`}
                  certificate={certificate}
                  onRemove={() => setRemoved(certificate)}
                />
              ))}
            </tbody>
          </table>
        </section>
      )}
      <RemoveDialog certificate={removed} onClose={() => setRemoved(null)} />
    </Panel>
  );
}

function Row({ certificate, onRemove }: { readonly certificate: HostCertificate; readonly onRemove: () => void }) {
  const now = useNow(60_000);
  const { data: list } = useRead('listStores', {});
  const { names, source, issuer, notBefore, notAfter, fault } = certificate;
  const store = list?.stores.find(({ code }) => code === certificate.store);
  const validity = validityOf(notBefore, notAfter, now);
  const more = names.length - SHOWN_NAMES;
  return (
    <tr>
      <td>
        <code className={table.mono} title={names.join(', ')}>
          {names.slice(0, SHOWN_NAMES).join(', ')}
        </code>
        {more > 0 ? <span className={table.muted}> and {more} more</span> : null}
        {fault ? <span className={`${table.sub} ${table.bad}`}>{fault}</span> : null}
      </td>
      <td>
        {store ? (
          <StoreBadge name={store.name} color={store.color} size="sm" />
        ) : (
          <span className={table.muted}>–</span>
        )}
      </td>
      <td>
        <StateLabel tone={source === 'imported' ? 'info' : 'plain'}>
          {source === 'imported' ? 'imported' : 'made here'}
        </StateLabel>
      </td>
      <td>{issuer}</td>
      <td>
        {formatDate(notAfter)}{' '}
        <StateLabel tone={validity.tone === 'good' ? 'plain' : validity.tone}>{validity.words}</StateLabel>
      </td>
      <td className={table.buttons}>
        {source === 'imported' ? (
          <Button size="compact-sm" variant="subtle" color="red" onClick={onRemove} aria-label={`Remove ${names[0]}`}>
            Remove
          </Button>
        ) : null}
      </td>
    </tr>
  );
}

interface RemoveDialogProps {
  readonly certificate: HostCertificate | null;
  readonly onClose: () => void;
}

function RemoveDialog({ certificate, onClose }: RemoveDialogProps) {
  const client = useQueryClient();
  const removing = useChange('removeCertificate');
  const name = certificate?.names[0] ?? '';
  const remove = () =>
    removing.mutate(
      { params: { name } },
      {
        onSuccess: (state) => {
          client.setQueryData(['certificates', {}], state);
          notifyDone(`The certificate of ${name} is removed.`);
        },
        onError: (error) => notifyFailed('It could not be removed', error),
        onSettled: onClose,
      },
    );
  return (
    <Modal opened={certificate !== null} onClose={onClose} title={`Remove the certificate of ${name}?`} size={480}>
      <Text>
        Its key is removed from this machine as well. From then on the name gets a certificate of the local authority.
        Without a copy of the key this cannot be undone.
      </Text>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          Keep it
        </Button>
        <Button color="red" loading={removing.isPending} onClick={remove}>
          Remove for good
        </Button>
      </Group>
    </Modal>
  );
}
