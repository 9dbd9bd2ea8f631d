import { Button, Text } from '@mantine/core';
import { IconExternalLink, IconEye } from '@tabler/icons-react';
import { Link } from 'react-router';
import type { ListedStore, StepReport } from '../../../../server/contract/stores.ts';
import { Copyable } from '../../../shared/copy-button.tsx';
import { formatMs } from '../../../shared/format.ts';
import { StoreBadge } from '../../../shared/store-badge.tsx';
import { previewLink } from '../store-links.ts';
import { StoreThumbnail } from '../store-thumbnail.tsx';
import classes from './progress.module.css';
import { StepList } from './step-list.tsx';
import { totalMs } from './steps.ts';

interface CreatedViewProps {
  readonly store: ListedStore;
  /** Empty when the answer was lost and the store was found afterwards. */
  readonly steps: readonly StepReport[];
  readonly onAnother: () => void;
}

/** A store that was just made: its home page, where it answers, and what each step took. */
export function CreatedView({ store, steps, onAnother }: CreatedViewProps) {
  const { subdomain, path } = store.urls;
  return (
    <div className={classes.view}>
      <div className={classes.main}>
        <Text fw={600} size="lg" component="div">
          <StoreBadge name={store.name} color={store.color} />
        </Text>
        <div className={classes.picture}>
          <StoreThumbnail store={store} />
        </div>
        <div className={classes.addresses}>
          <Copyable text={subdomain} label="Copy the address" />
          {path ? <Copyable text={path} label="Copy the address by path" /> : null}
        </div>
        <div className={classes.buttons}>
          <Button
            component="a"
            href={subdomain}
            target="_blank"
            rel="noreferrer"
            leftSection={<IconExternalLink size={16} />}
            data-autofocus
          >
            Open store
          </Button>
          {path ? (
            <Button component="a" href={path} target="_blank" rel="noreferrer" variant="default">
              Open by path
            </Button>
          ) : null}
          <Button component={Link} to={`/stores/${store.code}`} variant="default">
            Go to its page
          </Button>
          <Button
            component={Link}
            to={previewLink(store.code)}
            variant="default"
            leftSection={<IconEye size={16} stroke={1.7} />}
          >
            Preview
          </Button>
        </div>
      </div>
      <div className={classes.main}>
        {steps.length > 0 ? (
          <>
            <Text size="sm" c="dimmed" role="status">
              Made in {formatMs(totalMs(steps))}
            </Text>
            <StepList steps={steps} />
          </>
        ) : null}
        <div>
          <Button variant="default" onClick={onAnother}>
            Create another store
          </Button>
        </div>
      </div>
    </div>
  );
}
