import type { Finding } from '../../contract/doctor.ts';
import { count } from './finding.ts';

/** As many are named in a finding's own name. */
const MAX_NAMED = 3;

/**
 * Makes one finding of those that say the same: how it is, why, and what to do. It has the id of the first of them, stands in
 * its place, and lists their names.
 */
export function groupFindings(findings: readonly Finding[]): Finding[] {
  const alike = Map.groupBy(findings, ({ group, status, message, fix }) =>
    JSON.stringify([group, status, message, fix]),
  );
  return [...alike.values()].flatMap((found) => {
    const [first] = found;
    return first === undefined || found.length === 1 ? found : [merged(first, found)];
  });
}

function merged(first: Finding, found: readonly Finding[]): Finding {
  const names = found.map(({ name }) => name);
  const isSame = found.every(({ details }) => details.join('\n') === first.details.join('\n'));
  const heading = isSame || first.details.length === 0 ? [] : [`In detail, ${first.name}:`];
  return {
    ...first,
    name: names.length <= MAX_NAMED ? names.join(', ') : count(names.length, 'name'),
    details: [...(names.length <= MAX_NAMED ? [] : names), ...heading, ...first.details],
  };
}
