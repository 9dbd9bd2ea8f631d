import { Button, FileButton, Input, Loader, Text } from '@mantine/core';
import { IconAlertTriangle, IconPhotoUp } from '@tabler/icons-react';
import { type DragEvent, useId, useState } from 'react';
import classes from './logo-field.module.css';
import { LogoPicture } from './logo-picture.tsx';
import type { LogoState } from './logo-state.ts';
import type { Logo } from './use-logo.ts';

const ACCEPTED = '.png,.jpg,.jpeg,.webp,.avif,.gif,.svg';

interface LogoFieldProps {
  readonly logo: Logo;
  /** A fault found when the form was sent. */
  readonly error?: string | undefined;
  /** Address of the picture in use, where there is one. */
  readonly current?: string | undefined;
  /** Takes the logo in use away. */
  readonly onRemoveCurrent?: (() => void) | undefined;
  /** Of the button, for the focus. */
  readonly id?: string;
}

/** A logo: dropped or chosen, checked at once, shown as it will be kept or with what is wrong with it. */
export function LogoField({ logo, error, current, onRemoveCurrent, id }: LogoFieldProps) {
  const [isOver, setOver] = useState(false);
  const labelId = useId();
  const { state } = logo;
  const message = state.kind === 'refused' ? state.message : error;
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file) logo.choose(file);
  };
  return (
    <Input.Wrapper label="Logo" labelElement="div" labelProps={{ id: labelId }}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row */}
      <div
        role="group"
        aria-labelledby={labelId}
        className={classes.field}
        data-over={isOver}
        data-bad={message !== undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <div className={classes.picture}>
          <Picture state={state} current={current} />
        </div>
        <div className={classes.text}>
          <Text size="sm" className="clip" title={state.kind === 'none' ? '' : state.fileName}>
            {state.kind === 'none' ? (current ? 'The logo in use' : 'Drop a picture here') : state.fileName}
          </Text>
          <Text size="xs" c="dimmed">
            {noteOf(state)}
          </Text>
        </div>
        <div className={classes.buttons}>
          <FileButton onChange={(file) => file && logo.choose(file)} accept={ACCEPTED}>
            {(props) => (
              <Button {...props} {...(id ? { id } : {})} size="compact-sm" variant="default">
                {state.kind === 'none' && !current ? 'Choose' : 'Replace'}
              </Button>
            )}
          </FileButton>
          {state.kind === 'unchecked' ? (
            <Button size="compact-sm" variant="subtle" onClick={logo.check}>
              Check again
            </Button>
          ) : null}
          {state.kind !== 'none' ? (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={logo.remove}>
              {current ? 'Undo' : 'Remove'}
            </Button>
          ) : current && onRemoveCurrent ? (
            <Button size="compact-sm" variant="subtle" color="gray" onClick={onRemoveCurrent}>
              Remove
            </Button>
          ) : null}
        </div>
      </div>
      {message ? (
        <Input.Error mt={6} role="alert">
          {message}
        </Input.Error>
      ) : null}
    </Input.Wrapper>
  );
}

function Picture({ state, current }: { readonly state: LogoState; readonly current: string | undefined }) {
  switch (state.kind) {
    case 'none':
      return current ? (
        <LogoPicture src={current} alt="The logo in use" size="sm" />
      ) : (
        <IconPhotoUp size={20} stroke={1.5} aria-hidden="true" />
      );
    case 'checking':
      return <Loader size={16} aria-label="Checking the logo" />;
    case 'accepted':
      return <LogoPicture src={state.checked.preview} alt="The logo as it will be kept" size="sm" />;
    default:
      return <IconAlertTriangle size={20} stroke={1.5} aria-hidden="true" />;
  }
}

function noteOf(state: LogoState): string {
  switch (state.kind) {
    case 'none':
      return 'PNG, JPEG, WebP, AVIF, GIF or SVG, at most 2 MiB';
    case 'checking':
      return 'Checking';
    case 'accepted':
      return `${state.checked.format.toUpperCase()}, kept as ${state.checked.width} × ${state.checked.height}`;
    case 'refused':
      return 'Cannot be used';
    case 'unchecked':
      return 'Not checked: the server does not answer';
  }
}
