import { Select } from '@mantine/core';
import { type RehearsalDns, SCENARIOS } from '../../../../server/contract/domains.ts';

export type Scenario = RehearsalDns['scenarios'][number]['name'];

interface ScenarioSelectProps {
  readonly scenarios: RehearsalDns['scenarios'];
  readonly value: Scenario | null;
  readonly onChange: (scenario: Scenario) => void;
  readonly label: string;
  /** Shows the label over the field; else it is only read aloud. */
  readonly showsLabel?: boolean;
  readonly isDisabled?: boolean;
  readonly className?: string | undefined;
}

/** Chooses what the rehearsal DNS plays for a domain. */
export function ScenarioSelect(props: ScenarioSelectProps) {
  const { scenarios, value, onChange, label, showsLabel = false, isDisabled = false, className } = props;
  const textOf = (name: string) => scenarios.find((one) => one.name === name)?.text ?? '';
  return (
    <Select
      {...(showsLabel ? { label } : { 'aria-label': label })}
      {...(className ? { className } : {})}
      size="xs"
      placeholder="Nothing yet"
      allowDeselect={false}
      disabled={isDisabled}
      comboboxProps={{ width: 320, position: 'bottom-end' }}
      maxDropdownHeight={360}
      data={scenarios.map(({ name, title }) => ({ value: name, label: title }))}
      value={value}
      renderOption={({ option }) => (
        <span>
          {option.label}
          <span style={{ display: 'block', color: 'var(--muted)', fontSize: 12 }}>{textOf(option.value)}</span>
        </span>
      )}
      onChange={(chosen) => {
        const scenario = SCENARIOS.find((name) => name === chosen);
        if (scenario) onChange(scenario);
      }}
    />
  );
}
