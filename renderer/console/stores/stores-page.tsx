import { Page } from '../../shared/page.tsx';

/** Stores. */
export function StoresPage() {
  return <Page title="Stores">{null}</Page>;
}
