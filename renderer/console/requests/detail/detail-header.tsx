import { ActionIcon, Tooltip } from '@mantine/core';
import { IconArrowLeft, IconX } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { CopyButton } from '../../../shared/copy-button.tsx';
import { formatClock, formatDate, formatMs, modeLabel } from '../../../shared/format.ts';
import { StateLabel, statusTone } from '../../../shared/state-label.tsx';
import { StoreBadge } from '../../../shared/store-badge.tsx';
import { compareAddress } from '../compare/compare-address.ts';
import { FLAG_WORDS, ORIGIN_WORDS, roleLabel } from '../request-words.ts';
import { DetailActions } from './detail-actions.tsx';
import classes from './request-detail.module.css';
import { urlOf } from './url-of.ts';

interface DetailHeaderProps {
  readonly request: RequestTrace;
  readonly onClose: () => void;
  readonly onEdit: () => void;
  readonly onMark: () => void;
  readonly replacesList: boolean;
}

/** What the request was, in two lines, and what can be done with it. */
export function DetailHeader({ request, onClose, onEdit, onMark, replacesList }: DetailHeaderProps) {
  const { method, host, path, status } = request;
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
        <CopyButton text={urlOf(request)} label="Copy the address" />
        {replacesList ? null : (
          <Tooltip label="Close (Esc)">
            <ActionIcon size="sm" onClick={onClose} aria-label={close}>
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <Facts request={request} />
      <DetailActions request={request} onEdit={onEdit} onMark={onMark} />
    </header>
  );
}

function Facts({ request }: { readonly request: RequestTrace }) {
  const { startedAt, durationMs, store, mode, role, actor, scheme, httpVersion, flags } = request;
  return (
    <div className={classes.facts}>
      {store ? <StoreBadge name={store.name} color={store.color} size="sm" /> : <span>No store</span>}
      {mode ? <span>by {modeLabel(mode)}</span> : null}
      {role ? <span title={actor ?? undefined}>as {roleLabel(role)}</span> : null}
      <span title={formatDate(startedAt)}>{formatClock(startedAt)}</span>
      <span>{formatMs(durationMs)}</span>
      <span>
        {scheme === 'https' ? 'HTTPS' : 'HTTP'} {httpVersion}
      </span>
      {flags.map((flag) => (
        <span key={flag} title={FLAG_WORDS[flag].meaning}>
          <StateLabel tone={FLAG_WORDS[flag].tone}>{FLAG_WORDS[flag].label}</StateLabel>
        </span>
      ))}
      <Origin request={request} />
    </div>
  );
}

/** Where it came from when no client sent it, with the way to the one that it repeats. */
function Origin({ request: { origin, resentFrom, requestId } }: { readonly request: RequestTrace }) {
  const { search } = useLocation();
  if (origin === null) return null;
  if (resentFrom === null) return <StateLabel tone="info">{ORIGIN_WORDS[origin]}</StateLabel>;
  return (
    <Link className={classes.origin} to={compareAddress(resentFrom, requestId, search)}>
      repeats another: compare
    </Link>
  );
}
