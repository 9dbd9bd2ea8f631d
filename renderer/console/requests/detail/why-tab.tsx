import { IconInfoCircle } from '@tabler/icons-react';
import type { RequestTrace } from '../../../../server/contract/requests.ts';
import { areaLabel } from '../../../shared/format.ts';
import { Ladder } from '../../../shared/ladder.tsx';
import { outcomeSentence, redirectOf } from '../outcome.ts';
import { MeantStores } from './meant-stores.tsx';
import classes from './why-tab.module.css';

/** Which store the request reached, and what each routing rule saw. */
export function WhyTab({ request }: { readonly request: RequestTrace }) {
  const { ladder, store, hint, refusal } = request;
  const facts = factsOf(request);
  const isUnknownStore = refusal !== null && store === null && request.status === 404;
  return (
    <div>
      <p className={classes.outcome}>{outcomeSentence(request)}</p>
      {refusal ? <p className={classes.refusal}>{refusal}</p> : null}
      {isUnknownStore ? <MeantStores request={request} /> : null}
      {hint ? (
        <p className={classes.hint}>
          <IconInfoCircle size={16} aria-hidden="true" />
          <span>{hint}</span>
        </p>
      ) : null}
      {facts.length > 0 ? (
        <dl className={classes.facts}>
          {facts.map(([name, value, isCode]) => (
            <div key={name} className={classes.fact}>
              <dt>{name}</dt>
              <dd className={isCode ? 'mono' : undefined}>{value}</dd>
            </div>
          ))}
        </dl>
      ) : null}
      {ladder.length > 0 ? (
        <Ladder ladder={ladder} store={store} />
      ) : (
        <p className={classes.none}>
          Health checks and requests without a readable address are answered before the routing rules.
        </p>
      )}
    </div>
  );
}

type NamedFact = readonly [name: string, value: string, isCode: boolean];

function factsOf(request: RequestTrace): readonly NamedFact[] {
  const { area, cleanPath, route } = request;
  const redirect = redirectOf(request);
  const facts: (NamedFact | null)[] = [
    area ? ['Area', areaLabel(area), false] : null,
    cleanPath ? ['Path the area sees', cleanPath, true] : null,
    route && route !== 'none' ? ['Route', route, true] : null,
    redirect ? ['Redirected to', redirect, true] : null,
  ];
  return facts.filter((fact) => fact !== null);
}
