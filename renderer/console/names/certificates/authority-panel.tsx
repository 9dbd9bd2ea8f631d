import { Button, Group, Modal, Text } from '@mantine/core';
import { IconDownload, IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import type { Authority } from '../../../../server/contract/certificates.ts';
import { Copyable } from '../../../shared/copy-button.tsx';
import table from '../../../shared/data-table.module.css';
import { Fact, Facts } from '../../../shared/facts.tsx';
import { formatDate } from '../../../shared/format.ts';
import { Panel } from '../../../shared/panel.tsx';
import { useNow } from '../../../shared/use-now.ts';
import classes from './certificates-tab.module.css';
import { validityOf } from './validity.ts';

const CERTIFICATE_ADDRESS = '/api/certificates/authority.crt';

interface AuthorityPanelProps {
  readonly authority: Authority | null;
  readonly isBusy: boolean;
  readonly onRenew: () => Promise<void>;
}

/** The authority of this machine: who it says it is, how long it lasts, and where its files are. */
export function AuthorityPanel({ authority, isBusy, onRenew }: AuthorityPanelProps) {
  const now = useNow(60_000);
  const [isAsked, setAsked] = useState(false);
  if (!authority)
    return (
      <Panel title="Local authority">
        <p className={table.none}>
          There is none yet. It is made when HTTPS is switched on for the first time, on this machine, and its key never
          leaves it.
        </p>
      </Panel>
    );
  const { subject, fingerprint, notBefore, notAfter, certificateFile, keyFile } = authority;
  const validity = validityOf(notBefore, notAfter, now);
  return (
    <Panel title="Local authority">
      <Facts nameWidth={88}>
        <Fact name="Subject">{subject}</Fact>
        <Fact name="SHA-256">
          <Copyable text={fingerprint} label="Copy the fingerprint" />
        </Fact>
        <Fact name="Certificate">
          <Copyable text={certificateFile} label="Copy the path of the certificate" />
        </Fact>
        <Fact name="Key">
          <Copyable text={keyFile} label="Copy the path of the key" />
          <span className={classes.sub}>Only the user who runs the server can read it.</span>
        </Fact>
        <Fact name="Valid">
          <span className={classes.bar} data-tone={validity.tone}>
            <span style={{ width: `${validity.share * 100}%` }} />
          </span>
          <span className={classes.ends}>
            <span>{formatDate(notBefore)}</span>
            <span data-tone={validity.tone}>{validity.words}</span>
            <span>{formatDate(notAfter)}</span>
          </span>
        </Fact>
      </Facts>
      <div className={classes.foot}>
        <Button
          component="a"
          href={CERTIFICATE_ADDRESS}
          download="orion-studio-authority.crt"
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
        >
          Download the certificate
        </Button>
        <Button
          size="xs"
          variant="subtle"
          color="gray"
          leftSection={<IconRefresh size={14} />}
          onClick={() => setAsked(true)}
        >
          Make a new one…
        </Button>
      </div>
      <Modal opened={isAsked} onClose={() => setAsked(false)} title="Make a new authority?" size={480}>
        <Text>
          Every certificate of the old one is forgotten and made anew when its name is asked for. What trusted the old
          authority has to trust the new one. This cannot be undone.
        </Text>
        <Group justify="flex-end" gap="xs" mt="lg">
          <Button variant="default" onClick={() => setAsked(false)} data-autofocus>
            Keep it
          </Button>
          <Button color="red" loading={isBusy} onClick={() => void onRenew().then(() => setAsked(false))}>
            Make a new one
          </Button>
        </Group>
      </Modal>
    </Panel>
  );
}
