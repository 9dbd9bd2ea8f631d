import { Skeleton } from '@mantine/core';
import { Page } from '../../../shared/page.tsx';
import classes from './overview-tab.module.css';

/** A store's page before it is there. */
export function StoreSkeleton({ title }: { readonly title: string }) {
  return (
    <Page title={title} header={<Skeleton height={82} mb={16} radius="lg" />}>
      <Skeleton height={36} width={200} mb={24} />
      <div className={classes.columns} aria-hidden="true">
        <div className={classes.main}>
          <Skeleton height={240} radius="md" />
          <Skeleton height={320} radius="md" />
        </div>
        <div className={classes.side}>
          <Skeleton height={200} radius="md" />
          <Skeleton height={180} radius="md" />
        </div>
      </div>
    </Page>
  );
}
