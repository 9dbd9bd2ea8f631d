import { Button, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { curlCommand } from '../../../server/contract/curl.ts';
import type { Resolution } from '../../../server/contract/requests.ts';
import { areaLabel, modeLabel } from '../../shared/format.ts';
import { StateLabel } from '../../shared/state-label.tsx';
import { StoreBadge } from '../../shared/store-badge.tsx';
import { NearStores } from '../stores/near-stores.tsx';
import { hostKindLabel, outcomeWords } from './flow.ts';
import classes from './outcome-card.module.css';
import { partsOf, sendable, type WhatIf } from './what-if.ts';

interface OutcomeCardProps {
  readonly resolution: Resolution;
  readonly asked: WhatIf;
  /** How it compares with a request that was really sent. */
  readonly children: ReactNode;
}

/** What came of it: the store, area and paths, or the refusal with its reason; and ways to try it for real. */
export function OutcomeCard({ resolution, asked, children }: OutcomeCardProps) {
  const { store, hint, nearMatches } = resolution;
  const { title, text, label, tone } = outcomeWords(resolution);
  return (
    <section className={classes.card} data-tone={tone} aria-label="Outcome">
      <div className={classes.top}>
        {store ? <StoreBadge name={store.name} color={store.color} size="lg" hidesName /> : null}
        <div className={classes.words}>
          <div className={classes.title}>
            {store ? (
              <Link to={`/stores/${store.code}`} className={classes.store}>
                {title}
              </Link>
            ) : (
              <span>{title}</span>
            )}
            <StateLabel tone={tone}>{label}</StateLabel>
            {store ? <code className={classes.code}>{`${store.code} · ${store.publicId}`}</code> : null}
          </div>
          <p className={classes.text}>{text}</p>
        </div>
        <div className={classes.buttons}>
          <CopyCurl asked={asked} />
          <SendButton resolution={resolution} asked={asked} />
        </div>
      </div>
      <Facts resolution={resolution} />
      {nearMatches.length > 0 ? (
        <div className={classes.near}>
          <NearStores codes={nearMatches} />
        </div>
      ) : null}
      {hint ? (
        <p className={classes.hint}>
          <strong>Hint.</strong> {hint}
        </p>
      ) : null}
      {children}
    </section>
  );
}

function CopyCurl({ asked }: { readonly asked: WhatIf }) {
  return (
    <CopyButton value={curlOf(asked)} timeout={1500}>
      {({ copied, copy }) => (
        <Button
          variant="default"
          leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
          onClick={copy}
        >
          {copied ? 'Copied' : 'Copy as cURL'}
        </Button>
      )}
    </CopyButton>
  );
}

function SendButton({ resolution, asked }: Pick<OutcomeCardProps, 'resolution' | 'asked'>) {
  const target = sendable(asked, resolution);
  if ('reason' in target) {
    return (
      <Tooltip
        label={`${target.reason} The cURL command can.`}
        multiline
        w={280}
        events={{ hover: true, focus: true, touch: true }}
      >
        <Button variant="default" data-disabled aria-disabled leftSection={<IconExternalLink size={16} />}>
          Send it for real
        </Button>
      </Tooltip>
    );
  }
  return (
    <Button
      component="a"
      href={target.href}
      target="_blank"
      rel="noreferrer"
      variant="default"
      leftSection={<IconExternalLink size={16} />}
    >
      Send it for real
    </Button>
  );
}

function Facts({ resolution }: { readonly resolution: Resolution }) {
  const { store, outcome, mode, area, hostname, hostKind, cleanPath, originalPath, basePath, redirectTo, refusal } =
    resolution;
  const isReached = outcome !== 'refused';
  return (
    <dl className={classes.facts}>
      <Fact name="Host" value={hostname || 'not readable'} note={hostKindLabel(hostKind)} />
      {mode === null ? null : <Fact name="Found by" words={modeLabel(mode)} />}
      {isReached || store ? <Fact name="Area" words={areaLabel(area)} /> : null}
      <Fact
        name="Path"
        value={isReached && store ? cleanPath : originalPath}
        note={isReached && store && cleanPath !== originalPath ? 'as the routers see it' : null}
      />
      {basePath === '' ? null : <Fact name="Links begin with" value={basePath} />}
      {redirectTo === null ? null : <Fact name="Redirect to" value={redirectTo} />}
      {refusal === null ? null : <Fact name="Refusal" value={refusal.code} note={`status ${refusal.status}`} />}
    </dl>
  );
}

interface FactProps {
  readonly name: string;
  /** In monospace: what stands in the request or the answer. */
  readonly value?: string;
  readonly words?: string;
  readonly note?: string | null;
}

function Fact({ name, value, words, note = null }: FactProps) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>
        {value === undefined ? words : <code className="mono">{value}</code>}
        {note === null ? null : <span className={classes.note}>{note}</span>}
      </dd>
    </div>
  );
}

function curlOf(asked: WhatIf): string {
  const { scheme, host, path } = partsOf(asked);
  const header = asked.storeHeader.trim();
  const requestHeaders: Readonly<Record<string, string>> = header === '' ? {} : { 'X-Store-ID': header };
  return curlCommand({ method: asked.method, host, path, requestHeaders }, scheme).command;
}
