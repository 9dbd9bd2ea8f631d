import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { RehearsalDns } from '../../../../server/contract/domains.ts';
import table from '../../../shared/data-table.module.css';
import { Panel } from '../../../shared/panel.tsx';
import { StoreBadge } from '../../../shared/store-badge.tsx';
import { useRead } from '../../api/queries.ts';
import classes from './dns-tab.module.css';
import { type Scenario, ScenarioSelect } from './scenario-select.tsx';
import { useRehearsal } from './use-rehearsal.ts';

/** What is played for which domain. */
export function ScenariosPanel({ dns }: { readonly dns: RehearsalDns }) {
  const { change, isBusy } = useRehearsal('playScenario');
  const { data: list } = useRead('listStores', {});
  return (
    <Panel title="What is played">
      {dns.playing.length === 0 ? (
        <p className={table.none}>No domain plays a scenario: every record is as it was entered below.</p>
      ) : (
        <ul className={classes.playing}>
          {dns.playing.map(({ domain, store: code, scenario }) => {
            const store = list?.stores.find((one) => one.code === code);
            return (
              <li key={domain} className={classes.played}>
                <div>
                  <code>{domain}</code>
                  {store ? <StoreBadge name={store.name} color={store.color} size="sm" /> : null}
                </div>
                <ScenarioSelect
                  scenarios={dns.scenarios}
                  value={scenario}
                  isDisabled={isBusy}
                  label={`What is played for ${domain}`}
                  onChange={(next) => change({ body: { domain, scenario: next } })}
                />
                <p>{dns.scenarios.find(({ name }) => name === scenario)?.text}</p>
              </li>
            );
          })}
        </ul>
      )}
      <PlayForm scenarios={dns.scenarios} isBusy={isBusy} onPlay={change} />
    </Panel>
  );
}

interface PlayFormProps {
  readonly scenarios: RehearsalDns['scenarios'];
  readonly isBusy: boolean;
  readonly onPlay: ReturnType<typeof useRehearsal<'playScenario'>>['change'];
}

function PlayForm({ scenarios, isBusy, onPlay }: PlayFormProps) {
  const [domain, setDomain] = useState('');
  const [scenario, setScenario] = useState<Scenario>('wrong_token');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (domain.trim() !== '') onPlay({ body: { domain: domain.trim(), scenario } }, () => setDomain(''));
  };
  return (
    <form className={classes.form} onSubmit={submit}>
      <TextInput
        className={classes.domain ?? ''}
        classNames={{ input: classes.mono ?? '' }}
        size="xs"
        label="Domain"
        placeholder="shop.example"
        spellCheck={false}
        autoCapitalize="none"
        value={domain}
        onChange={({ currentTarget }) => setDomain(currentTarget.value)}
      />
      <ScenarioSelect
        className={classes.choice}
        scenarios={scenarios}
        value={scenario}
        label="Scenario"
        showsLabel
        onChange={setScenario}
      />
      <Button type="submit" size="xs" variant="default" loading={isBusy} disabled={domain.trim() === ''}>
        Play
      </Button>
    </form>
  );
}
