import { IconFileImport, IconRepeat, IconUser } from '@tabler/icons-react';
import type { RequestFlag, RequestSummary } from '../../../server/contract/requests.ts';
import { FLAG_WORDS, ORIGIN_WORDS, roleLabel } from './request-words.ts';
import classes from './row-marks.module.css';

/** What is shown first; that something was cut off matters in the detail, not in a list. */
const RANK: readonly RequestFlag[] = ['error', 'n_plus_one', 'slow_sql', 'repeated_sql', 'slow'];

/** What is special about a request, at the end of its line: where it came from, who asked, what was noticed. */
export function RowMarks({ request }: { readonly request: RequestSummary }) {
  const { origin, role, flags } = request;
  const isPerson = role !== null && role !== 'anonymous' && role !== 'console';
  if (origin === null && !isPerson && flags.length === 0) return null;
  return (
    <span className={classes.marks}>
      {origin === null ? null : (
        <span className={classes.icon} title={`${ORIGIN_WORDS[origin]}`}>
          {origin === 'resent' ? (
            <IconRepeat size={14} aria-hidden="true" />
          ) : (
            <IconFileImport size={14} aria-hidden="true" />
          )}
          <span className={classes.hidden}>{ORIGIN_WORDS[origin]}</span>
        </span>
      )}
      {isPerson ? (
        <span className={classes.role} title={`Asked as ${roleLabel(role)}`}>
          <IconUser size={12} aria-hidden="true" />
          <span className={classes.hidden}>as </span>
          {roleLabel(role)}
        </span>
      ) : null}
      <Flags flags={RANK.filter((flag) => flags.includes(flag))} />
    </span>
  );
}

/** The weightiest one in words, the others as a number: the address needs its room. */
function Flags({ flags }: { readonly flags: readonly RequestFlag[] }) {
  const [first, ...others] = flags;
  if (!first) return null;
  const names = others.map((flag) => FLAG_WORDS[flag].label).join(', ');
  return (
    <>
      <span className={classes.flag} data-tone={FLAG_WORDS[first].tone} title={FLAG_WORDS[first].meaning}>
        {FLAG_WORDS[first].label}
      </span>
      {others.length > 0 ? (
        <span className={classes.flag} data-tone="warn" title={names}>
          <span aria-hidden="true">+{others.length}</span>
          <span className={classes.hidden}>{names}</span>
        </span>
      ) : null}
    </>
  );
}
