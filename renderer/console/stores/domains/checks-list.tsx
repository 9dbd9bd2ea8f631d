import { IconCircleCheck, IconCircleDashed, IconCircleX, IconHourglass } from '@tabler/icons-react';
import type { DomainCheck } from '../../../../server/contract/domains.ts';
import { formatMs } from '../../../shared/format.ts';
import classes from './domains-tab.module.css';

const VERDICTS = {
  ok: { word: 'right', icon: IconCircleCheck },
  failed: { word: 'failed', icon: IconCircleX },
  waiting: { word: 'waiting', icon: IconHourglass },
  skipped: { word: 'skipped', icon: IconCircleDashed },
} as const;

/** What the last look found: for each check what was expected and what came. */
export function ChecksList({ checks }: { readonly checks: readonly DomainCheck[] }) {
  return (
    <ul className={classes.checks} aria-label="What was found">
      {checks.map((check) => {
        const { word, icon: Icon } = VERDICTS[check.verdict];
        const isDifferent = check.verdict !== 'ok' && (check.expected !== null || check.found.length > 0);
        return (
          <li key={check.id} className={classes.check} data-verdict={check.verdict}>
            <span className={classes.verdict}>
              <Icon size={16} stroke={1.9} aria-hidden="true" />
              {word}
            </span>
            <div className={classes.checkBody}>
              <div className={classes.checkHead}>
                <strong>{check.title}</strong>
                {check.verdict === 'skipped' ? null : (
                  <span className={classes.took}>{formatMs(check.durationMs)}</span>
                )}
              </div>
              <p>{check.message}</p>
              {isDifferent ? (
                <dl className={classes.compare}>
                  {check.expected === null ? null : (
                    <div>
                      <dt>Expected</dt>
                      <dd>
                        <code>{check.expected}</code>
                      </dd>
                    </div>
                  )}
                  <div data-tone={check.verdict === 'failed' ? 'bad' : undefined}>
                    <dt>Found</dt>
                    <dd>
                      {check.found.length === 0 ? 'nothing' : check.found.map((one) => <code key={one}>{one}</code>)}
                    </dd>
                  </div>
                </dl>
              ) : null}
              {check.fix ? <p className={classes.checkFix}>{check.fix}</p> : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
