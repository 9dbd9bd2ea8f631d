import { Link } from 'react-router';
import { StoreBadge } from '../../shared/store-badge.tsx';
import { useRead } from '../api/queries.ts';
import classes from './near-stores.module.css';

interface NearStoresProps {
  /** The nearest first. */
  readonly codes: readonly string[];
}

/** Stores whose codes come close to one that no store has, each a link to its page. */
export function NearStores({ codes }: NearStoresProps) {
  const { data: list } = useRead('listStores', {});
  const stores = codes.flatMap((code) => list?.stores.find((store) => store.code === code) ?? []);
  return (
    <nav className={classes.near} aria-label="Stores with a similar code">
      <span>Close to it:</span>
      {stores.map(({ code, name, color }) => (
        <Link key={code} to={`/stores/${code}`} className={classes.link}>
          <StoreBadge name={name} color={color} size="sm" />
          <code className="mono">{code}</code>
        </Link>
      ))}
    </nav>
  );
}
