import { Skeleton } from '@mantine/core';
import { IconTheater } from '@tabler/icons-react';
import type { RehearsalDns } from '../../../../server/contract/domains.ts';
import { Notice } from '../../../shared/notice.tsx';
import { ErrorState } from '../../../shared/states.tsx';
import { useRead } from '../../api/queries.ts';
import tab from '../names-tab.module.css';
import { TabHead } from '../tab-head.tsx';
import { QuestionsPanel } from './questions-panel.tsx';
import { RecordsPanel } from './records-panel.tsx';
import { ResolverPanel } from './resolver-panel.tsx';
import { ScenariosPanel } from './scenarios-panel.tsx';

const REFRESH_MS = 2000;

/** The DNS that plays the internet on this machine: whether it is asked, what it plays, its records, what it was asked. */
export function DnsTab() {
  const dns = useRead('rehearsalDns', {}, { refetchMs: REFRESH_MS });
  if (dns.data) return <LoadedDns dns={dns.data} />;
  if (dns.error)
    return (
      <ErrorState title="The rehearsal DNS could not be read" error={dns.error} onRetry={() => void dns.refetch()} />
    );
  return (
    <div aria-hidden="true">
      <Skeleton height={44} width={360} mb={20} />
      <div className={tab.columns}>
        <Skeleton height={280} radius="md" />
        <Skeleton height={280} radius="md" />
      </div>
    </div>
  );
}

function LoadedDns({ dns }: { readonly dns: RehearsalDns }) {
  const isPlaying = dns.resolver === 'rehearsal';
  return (
    <div className={tab.tab}>
      <TabHead
        tone={isPlaying ? (dns.isRunning ? 'good' : 'bad') : 'plain'}
        title={
          isPlaying
            ? dns.isRunning
              ? 'Domains are checked with the rehearsal DNS'
              : 'The rehearsal DNS is chosen and does not run'
            : 'Domains are checked with the DNS of this system'
        }
        text={
          isPlaying && dns.port !== null ? (
            <>
              Real packets at <code className="mono">{`${dns.address}:${dns.port}`}</code>, UDP and TCP.
            </>
          ) : (
            'Records at the registrar are asked for as in production.'
          )
        }
      />
      <Notice tone="info" icon={<IconTheater size={18} />} title="A stand-in for public DNS">
        This server plays the internet for the checks of custom domains: it answers with the records the guide asks for,
        or plays what goes wrong with them. Nothing outside of this machine hears of it, and no browser asks it.
      </Notice>
      <div className={tab.columns}>
        <ResolverPanel dns={dns} />
        <ScenariosPanel dns={dns} />
      </div>
      <QuestionsPanel questions={dns.questions} />
      <RecordsPanel records={dns.records} />
    </div>
  );
}
