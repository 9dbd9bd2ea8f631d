import { ActionIcon, Button, CopyButton as CopyAction, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconCheck, IconExternalLink, IconRoute, IconTerminal2, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link } from 'react-router';
import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { CopyButton } from '../../../shared/copy-button.tsx';
import { formatClock, formatDate, formatMs, modeLabel } from '../../../shared/format.ts';
import { StateLabel, statusTone } from '../../../shared/state-label.tsx';
import { StoreBadge } from '../../../shared/store-badge.tsx';
import { curlCommand, MASKED } from '../curl.ts';
import classes from './request-detail.module.css';

interface DetailHeaderProps {
  readonly request: RequestTrace;
  readonly onClose: () => void;
  readonly replacesList: boolean;
}

/** What the request was, in two lines, and what can be done with it. */
export function DetailHeader({ request, onClose, replacesList }: DetailHeaderProps) {
  const { method, host, path, status, startedAt, durationMs, store, mode } = request;
  const back = useRef<HTMLButtonElement>(null);
  // The list had the focus and is hidden now.
  useEffect(() => back.current?.focus(), []);
  const close = replacesList ? 'Back to the list' : 'Close';
  return (
    <header className={classes.header}>
      <div className={classes.line}>
        {replacesList ? (
          <ActionIcon size="sm" onClick={onClose} aria-label={close} ref={back}>
            <IconArrowLeft size={16} />
          </ActionIcon>
        ) : null}
        <StateLabel tone={statusTone(status)}>{status ?? 'no status'}</StateLabel>
        <h2 className={classes.address}>
          <span className={classes.method}>{method}</span> <span className={classes.host}>{host}</span>
          {path}
        </h2>
        <CopyButton text={addressOf(request)} label="Copy the address" />
        {replacesList ? null : (
          <Tooltip label="Close (Esc)">
            <ActionIcon size="sm" onClick={onClose} aria-label={close}>
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <div className={classes.facts}>
        {store ? <StoreBadge name={store.name} color={store.color} size="sm" /> : <span>No store</span>}
        {mode ? <span>by {modeLabel(mode)}</span> : null}
        <span title={formatDate(startedAt)}>{formatClock(startedAt)}</span>
        <span>{formatMs(durationMs)}</span>
      </div>
      <DetailActions request={request} />
    </header>
  );
}

function DetailActions({ request }: { readonly request: RequestTrace }) {
  const { command, missing } = curlCommand(request, SCHEME);
  // The path of a what-if is as it came; a masked token would be asked about as if it were one.
  const question = new URLSearchParams({ url: addressOf(request), method: request.method });
  const storeHeader = request.requestHeaders['x-store-id'];
  if (storeHeader) question.set('storeHeader', storeHeader);
  return (
    <div className={classes.actions}>
      {request.method === 'GET' && !request.path.includes(MASKED) ? (
        <Button
          variant="default"
          size="compact-sm"
          component="a"
          href={addressOf(request)}
          target="_blank"
          rel="noreferrer"
          leftSection={<IconExternalLink size={15} />}
        >
          Open
        </Button>
      ) : null}
      <CopyAction value={command} timeout={1500}>
        {({ copied, copy }) => (
          <Tooltip label={missing.length > 0 ? `Without ${missing.join(', ')}` : 'For POSIX shells'}>
            <Button
              variant="default"
              size="compact-sm"
              onClick={copy}
              leftSection={copied ? <IconCheck size={15} /> : <IconTerminal2 size={15} />}
            >
              {copied ? 'Copied' : 'Copy as cURL'}
            </Button>
          </Tooltip>
        )}
      </CopyAction>
      <Button
        variant="default"
        size="compact-sm"
        component={Link}
        to={`/routing?${question}`}
        leftSection={<IconRoute size={15} />}
      >
        What if
      </Button>
    </div>
  );
}

/** Stores are served over the same scheme as the console. */
const SCHEME = location.protocol === 'https:' ? 'https' : 'http';

function addressOf({ host, path }: RequestTrace): string {
  return `${SCHEME}://${host}${path}`;
}
