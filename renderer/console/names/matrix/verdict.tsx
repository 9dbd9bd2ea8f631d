import { HoverCard } from '@mantine/core';
import { IconCircleCheck, IconCircleX, IconHelpCircle } from '@tabler/icons-react';
import type { ClientProbe } from '../../../../server/contract/names.ts';
import { formatMs } from '../../../shared/format.ts';
import classes from './matrix.module.css';

const VERDICTS = {
  works: { word: 'works', icon: IconCircleCheck },
  fails: { word: 'fails', icon: IconCircleX },
  unknown: { word: 'not known', icon: IconHelpCircle },
} as const;

/** A verdict as icon and word, with what the server answered; hovering says why and what to do. */
export function Verdict({ probe }: { readonly probe: ClientProbe | undefined }) {
  if (!probe) return <span className={classes.muted}>–</span>;
  return (
    <HoverCard
      role="tooltip"
      width={320}
      openDelay={200}
      closeDelay={0}
      shadow="md"
      position="bottom-start"
      transitionProps={{ duration: 80 }}
    >
      <HoverCard.Target>
        <span className={classes.verdict} data-verdict={probe.verdict}>
          <VerdictWord verdict={probe.verdict} />
          <span className={classes.answer}>{shortAnswer(probe)}</span>
        </span>
      </HoverCard.Target>
      <HoverCard.Dropdown className={classes.card ?? ''}>
        <Reason probe={probe} />
      </HoverCard.Dropdown>
    </HoverCard>
  );
}

/** The verdict alone. */
export function VerdictWord({ verdict }: Pick<ClientProbe, 'verdict'>) {
  const { word, icon: Icon } = VERDICTS[verdict];
  return (
    <span className={classes.word} data-verdict={verdict}>
      <Icon size={16} stroke={1.9} aria-hidden="true" />
      {word}
    </span>
  );
}

/** Why, what it resolved to, what was asked and what to do. */
export function Reason({ probe }: { readonly probe: ClientProbe }) {
  const { message, fix, addresses, http } = probe;
  return (
    <div className={classes.reason}>
      <span>{message}</span>
      {addresses.length > 0 ? (
        <span className={classes.fact}>
          Resolves to <code>{addresses.join(', ')}</code>
        </span>
      ) : null}
      {http ? (
        <span className={classes.fact}>
          <code>{http.url}</code> {http.isOurs ? 'answered' : 'was answered by another server:'} {answerOf(http)}
        </span>
      ) : null}
      {fix ? <span className={classes.fix}>{fix}</span> : null}
    </div>
  );
}

/** The line under the verdict: what the server answered, or why nobody was asked. */
function shortAnswer({ http, addresses, verdict }: ClientProbe): string {
  if (http) return answerOf(http);
  if (verdict === 'unknown') return 'not tried';
  return addresses.length === 0 ? 'no address' : 'no answer';
}

function answerOf({ status, ms }: NonNullable<ClientProbe['http']>): string {
  return `${status ?? 'no answer'} · ${formatMs(ms)}`;
}
