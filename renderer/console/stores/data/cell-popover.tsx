import { Popover } from '@mantine/core';
import { CopyButton } from '../../../shared/copy-button.tsx';
import { isCut, readable } from './cell-text.ts';
import classes from './table-page.module.css';

/** A value that does not fit into its cell, and where that cell is. */
export interface OpenCell {
  readonly column: { readonly name: string; readonly type: string };
  readonly value: string;
  readonly at: Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>;
  readonly opener: HTMLElement;
}

interface CellPopoverProps {
  readonly cell: OpenCell | null;
  readonly onClose: () => void;
}

/** One for all cells: shows a long value in full. */
export function CellPopover({ cell, onClose }: CellPopoverProps) {
  if (!cell) return null;
  const { column, value, opener } = cell;
  // A rectangle's members are not its own: they have to be named.
  const { left, top, width, height } = cell.at;
  const close = () => {
    onClose();
    opener.closest<HTMLElement>('[data-row]')?.focus({ preventScroll: true });
  };
  return (
    <Popover
      opened
      onChange={(isOpen) => !isOpen && close()}
      width={440}
      position="bottom-start"
      shadow="md"
      trapFocus
      withRoles={false}
    >
      <Popover.Target>
        <span className={classes.anchor} style={{ left, top, width, height }} />
      </Popover.Target>
      <Popover.Dropdown role="dialog" aria-label={column.name} className={classes.popover ?? ''}>
        <div className={classes.popoverHead}>
          <code className="mono">{column.name}</code>
          <CopyButton text={value} label="Copy the value" />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
        <pre className={classes.full} tabIndex={0} data-autofocus>
          {readable(value, column.type)}
        </pre>
        {isCut(value) ? <p className={classes.muted}>Longer than is shown here: the shell has it in full.</p> : null}
      </Popover.Dropdown>
    </Popover>
  );
}
