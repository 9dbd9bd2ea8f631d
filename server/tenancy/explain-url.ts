import type { WhyInput } from '../contract/requests.ts';
import { ValidationError } from '../errors.ts';
import type { Resolution, StoreLookup } from './resolution.ts';
import { type ResolverSettings, resolveRequest } from './resolve.ts';

/**
 * Says which store a URL would reach, without sending anything. The text is split by hand: a URL parser
 * would tidy up the very things that have to be explained.
 * @throws {ValidationError} when the text is no URL
 */
export function explainUrl(input: WhyInput, lookup: StoreLookup, settings: ResolverSettings): Promise<Resolution> {
  const match = /^(?:(https?):\/\/)?([^/?#]*)([^?#]*)(\?[^#]*)?/.exec(input.url.trim());
  const host = input.host ?? match?.[2];
  if (!match || host === undefined || host === '') {
    throw new ValidationError('The URL has no host. Write it as http://techstore.localhost:8000/products.', [
      { field: 'url', message: 'has no host' },
    ]);
  }
  const method = input.method ?? 'GET';
  return resolveRequest(
    {
      method,
      host,
      path: match[3] || '/',
      search: match[4] ?? '',
      storeHeader: input.storeHeader,
      scheme: match[1] ?? 'http',
    },
    lookup,
    settings,
  );
}
