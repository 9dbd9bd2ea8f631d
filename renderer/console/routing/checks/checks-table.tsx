import { ActionIcon, Select, TextInput, Tooltip } from '@mantine/core';
import { IconArrowUp, IconTrash } from '@tabler/icons-react';
import { AREAS, ROUTING_MODES } from '../../../../server/contract/requests.ts';
import type { RouteCheck, RouteCheckResult } from '../../../../server/contract/routing.ts';
import tables from '../../../shared/data-table.module.css';
import { areaLabel, modeLabel } from '../../../shared/format.ts';
import { StateLabel } from '../../../shared/state-label.tsx';
import { useRead } from '../../api/queries.ts';
import classes from './route-checks.module.css';

const ANY = '';
const NONE = '-';

interface ChecksTableProps {
  readonly checks: readonly RouteCheck[];
  /** In the order of the checks; fewer while they are being judged. */
  readonly results: readonly RouteCheckResult[];
  readonly onChange: (index: number, next: RouteCheck) => void;
  readonly onRemove: (index: number) => void;
  readonly onTry: (url: string) => void;
}

/** Each check with its expectations, which can be changed in place, and what came of it. */
export function ChecksTable({ checks, results, onChange, onRemove, onTry }: ChecksTableProps) {
  const stores = useRead('listStores', {});
  const codes = (stores.data?.stores ?? []).map(({ code }) => code);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys
    <section className={`${tables.scroller} ${classes.box}`} tabIndex={0} aria-label="Checks">
      <table className={`${tables.table} ${classes.table}`}>
        <thead>
          <tr>
            <th scope="col">URL</th>
            <th scope="col">Must lead to</th>
            <th scope="col">Area</th>
            <th scope="col">Found by</th>
            <th scope="col">Result</th>
            <th scope="col">
              <span className={tables.hidden}>Actions</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {checks.map((check, index) => (
            <CheckRow
              // biome-ignore lint/suspicious/noArrayIndexKey: a check has no other name than its place, and keeps it while it is typed
              key={index}
              number={index + 1}
              check={check}
              result={results[index]}
              codes={codes}
              onChange={(next) => onChange(index, next)}
              onRemove={() => onRemove(index)}
              onTry={onTry}
            />
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface CheckRowProps {
  readonly number: number;
  readonly check: RouteCheck;
  readonly result: RouteCheckResult | undefined;
  readonly codes: readonly string[];
  readonly onChange: (next: RouteCheck) => void;
  readonly onRemove: () => void;
  readonly onTry: (url: string) => void;
}

function CheckRow({ number, check, result, codes, onChange, onRemove, onTry }: CheckRowProps) {
  const { store, area, mode } = check;
  const known = store && !codes.includes(store) ? [store, ...codes] : codes;
  return (
    <tr>
      <td className={classes.url}>
        <TextInput
          aria-label={`URL of check ${number}`}
          classNames={{ input: tables.mono ?? '' }}
          spellCheck={false}
          value={check.url}
          onChange={(event) => onChange({ ...check, url: event.currentTarget.value })}
        />
      </td>
      <td>
        <Select
          className={classes.store ?? ''}
          aria-label={`Store of check ${number}`}
          searchable
          data={[
            { value: ANY, label: 'not checked' },
            { value: NONE, label: 'no store' },
            ...known.map((code) => ({ value: code, label: code })),
          ]}
          value={store === undefined ? ANY : (store ?? NONE)}
          allowDeselect={false}
          onChange={(value) => onChange(withStore(check, value ?? ANY))}
        />
      </td>
      <td>
        <Select
          className={classes.narrow ?? ''}
          aria-label={`Area of check ${number}`}
          data={[{ value: ANY, label: 'not checked' }, ...AREAS.map((value) => ({ value, label: areaLabel(value) }))]}
          value={area ?? ANY}
          allowDeselect={false}
          onChange={(value) =>
            onChange(
              without(
                check,
                'area',
                AREAS.find((one) => one === value),
              ),
            )
          }
        />
      </td>
      <td>
        <Select
          className={classes.narrow ?? ''}
          aria-label={`Routing mode of check ${number}`}
          data={[
            { value: ANY, label: 'not checked' },
            ...ROUTING_MODES.map((value) => ({ value, label: modeLabel(value) })),
          ]}
          value={mode ?? ANY}
          allowDeselect={false}
          onChange={(value) =>
            onChange(
              without(
                check,
                'mode',
                ROUTING_MODES.find((one) => one === value),
              ),
            )
          }
        />
      </td>
      <td>
        <Result result={result} />
      </td>
      <td className={tables.buttons}>
        <Tooltip label="Ask about it above">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Ask about check ${number}`}
            onClick={() => onTry(check.url)}
          >
            <IconArrowUp size={16} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Remove">
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove check ${number}`} onClick={onRemove}>
            <IconTrash size={16} />
          </ActionIcon>
        </Tooltip>
      </td>
    </tr>
  );
}

function Result({ result }: { readonly result: RouteCheckResult | undefined }) {
  if (!result) return <span className={tables.muted}>…</span>;
  if (result.isAsExpected) return <StateLabel tone="good">as expected</StateLabel>;
  return (
    <>
      <StateLabel tone="bad">{result.fault === null ? 'leads elsewhere' : 'not a URL'}</StateLabel>
      <span className={tables.sub}>{result.fault ?? result.differences.join('; ')}</span>
    </>
  );
}

function withStore(check: RouteCheck, value: string): RouteCheck {
  const { store: _store, outcome: _outcome, status: _status, ...rest } = check;
  return value === ANY ? rest : { ...rest, store: value === NONE ? null : value };
}

/** The check with another expectation, or without it. */
function without<Name extends 'area' | 'mode'>(check: RouteCheck, name: Name, value: RouteCheck[Name]): RouteCheck {
  const { [name]: _before, ...rest } = check;
  return (value === undefined ? rest : { ...rest, [name]: value }) as RouteCheck;
}
