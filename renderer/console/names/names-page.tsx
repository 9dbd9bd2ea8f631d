import { Tabs } from '@mantine/core';
import { useNavigate, useParams } from 'react-router';
import { Page } from '../../shared/page.tsx';
import { TabList } from '../../shared/tab-list.tsx';
import { NotFound } from '../frame/not-found.tsx';
import { CertificatesTab } from './certificates/certificates-tab.tsx';
import { DnsTab } from './dns/dns-tab.tsx';
import { DoctorTab } from './doctor/doctor-tab.tsx';
import { HostsTab } from './hosts/hosts-tab.tsx';
import { NamesTab } from './matrix/names-tab.tsx';
import classes from './names-page.module.css';

const TABS = [
  { value: 'names', label: 'Names', Content: NamesTab },
  { value: 'hosts', label: 'Hosts file', Content: HostsTab },
  { value: 'certificates', label: 'Certificates', Content: CertificatesTab },
  { value: 'dns', label: 'Rehearsal DNS', Content: DnsTab },
  { value: 'doctor', label: 'Doctor', Content: DoctorTab },
] as const;

/** Host names on this machine: which client reaches which name, the hosts file, HTTPS, a DNS to rehearse with, the doctor. */
export function NamesPage() {
  const { tab: asked = 'names' } = useParams();
  const navigate = useNavigate();
  const tab = TABS.find(({ value }) => value === asked);
  if (!tab) return <NotFound />;
  const show = (next: string | null) => void navigate(next === 'names' || !next ? '/names' : `/names/${next}`);
  const { Content } = tab;
  return (
    <Page
      title="Names"
      tabTitle={tab.value === 'names' ? 'Names' : `${tab.label} · Names`}
      lead="How host names of this platform are found, by whom, and with which certificate."
    >
      <Tabs value={tab.value} onChange={show} keepMounted={false}>
        <TabList value={tab.value} className={classes.tabs}>
          {TABS.map(({ value, label }) => (
            <Tabs.Tab key={value} value={value}>
              {label}
            </Tabs.Tab>
          ))}
        </TabList>
        <Tabs.Panel value={tab.value}>
          <div className={classes.panel}>
            <Content />
          </div>
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
