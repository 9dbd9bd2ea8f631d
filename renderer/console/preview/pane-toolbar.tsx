import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { IconExternalLink, IconRefresh, IconX } from '@tabler/icons-react';
import type { ListedStore } from '../../../server/contract/stores.ts';
import { PageField } from './page-field.tsx';
import { type PaneState, type PaneWidth, WIDTHS } from './pane-state.ts';
import classes from './pane-toolbar.module.css';
import { StoreSelect } from './store-select.tsx';

interface PaneToolbarProps {
  readonly pane: PaneState;
  /** Says which pane the controls belong to, such as `Left pane`. */
  readonly name: string;
  readonly stores: readonly ListedStore[];
  readonly firstProduct: string | null;
  /** Null when the pane shows nothing that could be opened. */
  readonly address: string | null;
  /** False where the pane shows every width at once. */
  readonly hasWidths: boolean;
  readonly onChange: (change: Partial<PaneState>) => void;
  readonly onReload: () => void;
  /** Null when the pane cannot be taken away. */
  readonly onRemove: (() => void) | null;
}

const WIDTH_CHOICES = [...WIDTHS.map(String), 'fit'].map((value) => ({
  value,
  label: value === 'fit' ? 'Fit' : value,
}));

/** A pane's controls in one line: which store, which page, how wide; reload, open, remove. */
export function PaneToolbar(props: PaneToolbarProps) {
  const { pane, name, stores, firstProduct, address, hasWidths, onChange, onReload, onRemove } = props;
  return (
    <div className={classes.toolbar}>
      <StoreSelect
        stores={stores}
        code={pane.store}
        label={`${name}: store`}
        onChange={(store) => onChange({ store })}
      />
      <PageField
        path={pane.path}
        firstProduct={firstProduct}
        label={`${name}: page`}
        onChange={(path) => onChange({ path })}
      />
      {hasWidths ? (
        <SegmentedControl
          className={classes.widths}
          withItemsBorders={false}
          size="xs"
          aria-label={`${name}: width in pixels`}
          data={WIDTH_CHOICES}
          value={String(pane.width)}
          transitionDuration={0}
          onChange={(value) => onChange({ width: widthOf(value) })}
        />
      ) : null}
      <span className={classes.buttons}>
        <Tooltip label="Reload">
          <ActionIcon onClick={onReload} disabled={address === null} aria-label={`${name}: reload`}>
            <IconRefresh size={16} />
          </ActionIcon>
        </Tooltip>
        {address === null ? null : (
          <Tooltip label="Open in a new tab">
            <ActionIcon
              component="a"
              href={address}
              target="_blank"
              rel="noreferrer"
              aria-label={`${name}: open in a new tab`}
            >
              <IconExternalLink size={16} />
            </ActionIcon>
          </Tooltip>
        )}
        {onRemove ? (
          <Tooltip label="Remove">
            <ActionIcon onClick={onRemove} aria-label={`Remove the ${name.toLowerCase()}`}>
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        ) : null}
      </span>
    </div>
  );
}

function widthOf(value: string): PaneWidth {
  return WIDTHS.find((width) => String(width) === value) ?? 'fit';
}
