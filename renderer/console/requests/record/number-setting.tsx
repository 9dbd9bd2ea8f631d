import { NumberInput } from '@mantine/core';
import { useState } from 'react';

interface NumberSettingProps {
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly value: number;
  readonly fault: string | undefined;
  readonly onChange: (value: number) => void;
}

/** A number that is taken when the field is left or Enter is pressed. */
export function NumberSetting({ label, unit, min, max, value, fault, onChange }: NumberSettingProps) {
  const [typed, setTyped] = useState<number | string>(value);
  const [known, setKnown] = useState(value);
  if (value !== known) {
    setKnown(value);
    setTyped(value);
  }
  const isValid = typeof typed === 'number' && Number.isInteger(typed) && typed >= min && typed <= max;
  const apply = () => {
    if (isValid && typed !== value) onChange(typed);
  };
  return (
    <NumberInput
      size="xs"
      w={140}
      label={label}
      suffix={` ${unit}`}
      min={min}
      max={max}
      clampBehavior="none"
      allowDecimal={false}
      allowNegative={false}
      hideControls
      value={typed}
      error={isValid ? fault : `From ${min} to ${max}.`}
      onChange={setTyped}
      onBlur={apply}
      onKeyDown={(event) => event.key === 'Enter' && apply()}
    />
  );
}
