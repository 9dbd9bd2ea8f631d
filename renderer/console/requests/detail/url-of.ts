import type { RequestTrace } from '../../../../server/contract/requests.ts';

/** The whole address of a request. */
export function urlOf({ scheme, host, path }: Pick<RequestTrace, 'scheme' | 'host' | 'path'>): string {
  return `${scheme}://${host}${path}`;
}
