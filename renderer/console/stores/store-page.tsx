import { Page } from '../../shared/page.tsx';

/** Store. */
export function StorePage() {
  return <Page title="Store">{null}</Page>;
}
