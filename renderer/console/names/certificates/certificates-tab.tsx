import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconLock, IconShieldCheck } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CertificatesState } from '../../../../server/contract/certificates.ts';
import { Notice } from '../../../shared/notice.tsx';
import { notifyFailed } from '../../../shared/notify.tsx';
import { ErrorState } from '../../../shared/states.tsx';
import { useChange, useRead } from '../../api/queries.ts';
import { ElevationNotice } from '../elevation/elevation-notice.tsx';
import tab from '../names-tab.module.css';
import { TabHead } from '../tab-head.tsx';
import { AuthorityPanel } from './authority-panel.tsx';
import { CertificatesTable } from './certificates-table.tsx';
import { HttpsPanel } from './https-panel.tsx';
import { ImportDrawer } from './import-drawer.tsx';
import { TrustTable } from './trust-table.tsx';
import { type TrustChanges, useTrustChanges } from './use-certificates.ts';
import { certificatesSummary, trustable } from './validity.ts';

/** HTTPS on this machine: whether it is on, the authority, who trusts it, and every certificate. */
export function CertificatesTab() {
  const certificates = useRead('certificates', {});
  if (certificates.data) return <Loaded state={certificates.data} />;
  if (certificates.error)
    return (
      <ErrorState
        title="The certificates could not be read"
        error={certificates.error}
        onRetry={() => void certificates.refetch()}
      />
    );
  return (
    <div aria-hidden="true">
      <Skeleton height={44} width={360} mb={20} />
      <div className={tab.columns}>
        <Skeleton height={296} radius="md" />
        <Skeleton height={296} radius="md" />
      </div>
    </div>
  );
}

function Loaded({ state }: { readonly state: CertificatesState }) {
  const changes = useTrustChanges(state);
  const [isImporting, setImporting] = useState(false);
  return (
    <div className={tab.tab}>
      <Head state={state} changes={changes} />
      {changes.elevation ? (
        <ElevationNotice key={changes.elevation.id} elevation={changes.elevation} onCheck={changes.check} />
      ) : null}
      {changes.refusals.length > 0 ? (
        <Notice tone="bad" icon={<IconAlertTriangle size={18} />} title="Not everything could be changed" role="alert">
          {changes.refusals.join(' ')}
        </Notice>
      ) : null}
      <div className={tab.columns}>
        <HttpsPanel https={state.https} />
        <AuthorityPanel authority={state.authority} isBusy={changes.busy === 'renew'} onRenew={changes.renew} />
      </div>
      <TrustTable state={state} changes={changes} />
      <CertificatesTable certificates={state.certificates} onImport={() => setImporting(true)} />
      <ImportDrawer isOpen={isImporting} onClose={() => setImporting(false)} />
    </div>
  );
}

function Head({ state, changes }: { readonly state: CertificatesState; readonly changes: TrustChanges }) {
  const client = useQueryClient();
  const changing = useChange('changeHttps');
  const { tone, title, text } = certificatesSummary(state);
  const switchOn = () =>
    changing.mutate(
      { body: { isOn: true } },
      {
        onSuccess: (next) => client.setQueryData(['certificates', {}], next),
        onError: (error) => notifyFailed('Not switched on', error),
      },
    );
  const canTrust = state.authority !== null && trustable(state).length > 0;
  return (
    <TabHead
      tone={tone}
      title={title}
      text={text}
      actions={
        !state.https.isOn ? (
          <Button leftSection={<IconLock size={16} />} loading={changing.isPending} onClick={switchOn}>
            Switch on HTTPS
          </Button>
        ) : canTrust ? (
          <Button
            leftSection={<IconShieldCheck size={16} />}
            loading={changes.busy === 'all'}
            disabled={changes.busy !== null}
            onClick={() => void changes.trust(null)}
          >
            Trust everywhere
          </Button>
        ) : null
      }
    />
  );
}
