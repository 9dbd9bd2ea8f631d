import { Skeleton } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconLock } from '@tabler/icons-react';
import { useState } from 'react';
import type { ListedStore } from '../../../server/contract/stores.ts';
import classes from './store-thumbnail.module.css';

/** The page's own width and height, in CSS pixels, before it is made small. */
const PAGE = { width: 1280, height: 800 };

/** A live miniature of a store's home page. Its name stands beside it, so that it is hidden from screen readers. */
export function StoreThumbnail({ store }: { readonly store: Pick<ListedStore, 'name' | 'isActive' | 'urls'> }) {
  const { ref, width } = useElementSize();
  const [isLoaded, setLoaded] = useState(false);
  return (
    <div ref={ref} className={classes.thumbnail} aria-hidden="true">
      {store.isActive ? (
        <>
          {isLoaded ? null : <Skeleton className={classes.skeleton} radius={0} />}
          <iframe
            src={store.urls.subdomain}
            title={`Home page of ${store.name}`}
            tabIndex={-1}
            loading="lazy"
            sandbox="allow-same-origin"
            width={PAGE.width}
            height={PAGE.height}
            style={{ transform: `scale(${width / PAGE.width})` }}
            onLoad={() => setLoaded(true)}
          />
        </>
      ) : (
        <div className={classes.closed}>
          <IconLock size={20} stroke={1.5} />
          Closed to shoppers
        </div>
      )}
    </div>
  );
}
