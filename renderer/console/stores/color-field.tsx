import { ColorInput, Input } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { readableOn } from '../../shared/color.ts';
import classes from './color-field.module.css';
import { SWATCHES } from './colors.ts';

interface ColorFieldProps {
  readonly id: string;
  readonly value: string;
  readonly error?: string | undefined;
  readonly onChange: (color: string) => void;
}

/** A store's colour: one of eight, or any. */
export function ColorField({ id, value, error, onChange }: ColorFieldProps) {
  return (
    <Input.Wrapper label="Colour" labelProps={{ htmlFor: id }} error={error}>
      <div className={classes.row}>
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row */}
        <div role="group" aria-label="Suggested colours" className={classes.swatches}>
          {SWATCHES.map(({ color, name }) => {
            const isChosen = value.toLowerCase() === color;
            return (
              <button
                key={color}
                type="button"
                className={classes.swatch}
                style={{ background: color, color: readableOn(color) }}
                aria-label={name}
                aria-pressed={isChosen}
                title={name}
                onClick={() => onChange(color)}
              >
                {isChosen ? <IconCheck size={14} stroke={3} aria-hidden="true" /> : null}
              </button>
            );
          })}
        </div>
        <ColorInput
          id={id}
          className={classes.input}
          size="sm"
          format="hex"
          fixOnBlur={false}
          value={value}
          error={error !== undefined}
          onChange={(color) => onChange(color.toLowerCase())}
          eyeDropperButtonProps={{ 'aria-label': 'Pick a colour from the screen' }}
        />
      </div>
    </Input.Wrapper>
  );
}
