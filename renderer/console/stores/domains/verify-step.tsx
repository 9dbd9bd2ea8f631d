import { Button } from '@mantine/core';
import { IconAlertTriangle, IconTheater } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { DomainGuide } from '../../../../server/contract/domains.ts';
import { CommandLine } from '../../../shared/command-line.tsx';
import { Copyable } from '../../../shared/copy-button.tsx';
import { formatAgo } from '../../../shared/format.ts';
import { Notice } from '../../../shared/notice.tsx';
import { useNow } from '../../../shared/use-now.ts';
import { useRead } from '../../api/queries.ts';
import { ScenarioSelect } from '../../names/dns/scenario-select.tsx';
import { useRehearsal } from '../../names/dns/use-rehearsal.ts';
import { ChecksList } from './checks-list.tsx';
import { checksSummary } from './domains.ts';
import classes from './domains-tab.module.css';
import type { DomainActions } from './use-domain-actions.ts';

interface VerifyStepProps {
  readonly guide: DomainGuide;
  readonly actions: DomainActions;
}

/** Proving a domain: by its TXT record, by a file, or by the administrator's word; with what the last look found. */
export function VerifyStep({ guide, actions }: VerifyStepProps) {
  const { domain, checks } = guide;
  const now = useNow();
  const { verifying } = actions;
  return (
    <div className={classes.verify}>
      <div className={classes.verifyLine}>
        <Button
          size="xs"
          variant={domain.isVerified ? 'default' : 'filled'}
          loading={verifying === 'dns'}
          disabled={verifying !== null}
          onClick={() => actions.verify('dns')}
        >
          {domain.isVerified ? 'Check again' : 'Check now'}
        </Button>
        <span className={classes.hint} role="status">
          {verifying === null
            ? `${checksSummary(checks)}${domain.checkedAt === null ? '' : ` Checked ${formatAgo(domain.checkedAt, now)}.`}`
            : 'Asking.'}
        </span>
        {guide.resolver === 'rehearsal' ? <Play guide={guide} /> : null}
      </div>
      {actions.verifyError ? (
        <Notice tone="bad" icon={<IconAlertTriangle size={18} />} title="It could not be checked" role="alert">
          {actions.verifyError.message}
        </Notice>
      ) : null}
      {checks.length > 0 ? <ChecksList checks={checks} /> : null}
      {domain.isVerified ? null : <OtherWays guide={guide} actions={actions} />}
    </div>
  );
}

/** What the rehearsal DNS plays for this domain, so that a demonstration needs one screen. */
function Play({ guide: { domain } }: { readonly guide: DomainGuide }) {
  const { data: dns } = useRead('rehearsalDns', {});
  const { change, isBusy } = useRehearsal('playScenario');
  if (!dns) return null;
  const playing = dns.playing.find((one) => one.domain === domain.domain)?.scenario ?? null;
  return (
    <span className={classes.play}>
      <IconTheater size={16} aria-hidden="true" />
      <span>
        <Link to="/names/dns">Rehearsal DNS</Link> plays
      </span>
      <ScenarioSelect
        scenarios={dns.scenarios}
        value={playing}
        isDisabled={isBusy}
        label="What the rehearsal DNS plays"
        onChange={(scenario) => change({ body: { domain: domain.domain, scenario } })}
      />
    </span>
  );
}

function OtherWays({ guide: { file, domain }, actions: { verify, verifying } }: VerifyStepProps) {
  return (
    <>
      <details className={classes.more}>
        <summary>Prove it by a file</summary>
        <div className={classes.way}>
          <p>
            Serve this text at <Copyable text={file.path} label="Copy the path of the file" /> of the domain:
          </p>
          <CommandLine text={file.content} label="Copy the content of the file" />
          <Button
            size="xs"
            variant="default"
            loading={verifying === 'file'}
            disabled={verifying !== null}
            onClick={() => verify('file')}
          >
            Check the file
          </Button>
        </div>
      </details>
      <details className={classes.more}>
        <summary>Mark it as verified without a check</summary>
        <div className={classes.way}>
          <p>
            For a machine without internet, or a domain of your own network. Nobody is asked: whoever runs this platform
            vouches for {domain.displayName}. It is written to the audit log.
          </p>
          <Button
            size="xs"
            variant="default"
            loading={verifying === 'administrator'}
            disabled={verifying !== null}
            onClick={() => verify('administrator')}
          >
            Mark as verified
          </Button>
        </div>
      </details>
    </>
  );
}
