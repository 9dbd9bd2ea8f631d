import { IconFileImport, IconRepeat, IconUser } from '@tabler/icons-react';
import type { RequestFlag, RequestSummary } from '../../../server/contract/requests.ts';
import { FLAG_WORDS, ORIGIN_WORDS, roleLabel } from './request-words.ts';
import classes from './row-marks.module.css';

/** That something was cut off matters in the detail, not in a list. */
const isMarked = (flag: RequestFlag) => flag !== 'truncated';

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
      {flags.filter(isMarked).map((flag) => (
        <span key={flag} className={classes.flag} data-tone={FLAG_WORDS[flag].tone} title={FLAG_WORDS[flag].meaning}>
          {FLAG_WORDS[flag].label}
        </span>
      ))}
    </span>
  );
}
