import { ActionIcon, SegmentedControl, Tooltip } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { Link } from 'react-router';
import { CopyButton } from '../../shared/copy-button.tsx';
import { type PaneVia, shortAddress } from './page-path.ts';
import classes from './pane.module.css';

interface PaneCaptionProps {
  /** Says which pane this belongs to, such as `Left pane`. */
  readonly name: string;
  readonly address: string;
  readonly via: PaneVia;
  /** False where stores do not answer below a path. */
  readonly hasPath: boolean;
  /** The frame's width and scale in words; null where every frame has its own. */
  readonly size: string | null;
  readonly onVia: (via: PaneVia) => void;
}

const VIAS = [
  { value: 'subdomain', label: 'Subdomain' },
  { value: 'path', label: 'Path' },
] as const;

/** Under a pane: how the store is reached, the address, and the frame's size. */
export function PaneCaption({ name, address, via, hasPath, size, onVia }: PaneCaptionProps) {
  return (
    <div className={classes.caption}>
      {hasPath ? (
        <SegmentedControl
          size="xs"
          aria-label={`${name}: reached by`}
          data={[...VIAS]}
          value={via}
          transitionDuration={0}
          onChange={(value) => onVia(value === 'path' ? 'path' : 'subdomain')}
        />
      ) : null}
      <span className={classes.address}>
        <code className="mono clip" title={address}>
          {shortAddress(address)}
        </code>
        <CopyButton text={address} label="Copy the address" />
        <Tooltip label="Why this store?">
          <ActionIcon
            component={Link}
            to={`/routing?url=${encodeURIComponent(address)}`}
            size="sm"
            aria-label={`${name}: why does this address lead there`}
          >
            <IconHelpCircle size={14} />
          </ActionIcon>
        </Tooltip>
      </span>
      {size === null ? null : <span className={classes.size}>{size}</span>}
    </div>
  );
}
