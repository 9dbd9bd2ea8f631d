import type { WhyInput } from '../contract/requests.ts';
import { ValidationError } from '../errors.ts';
import { nearMatches } from './near-matches.ts';
import type { Resolution, StoreLookup } from './resolution.ts';
import { type ResolverSettings, resolveRequest } from './resolve.ts';
import type { StoreDirectory } from './store-directory.ts';

/**
 * The same as `explainUrl`, with the codes of the stores that an unknown one may have been meant to be.
 * @throws {ValidationError} when the text is no URL
 */
export async function explainWithNearMatches(
  input: WhyInput,
  directory: StoreDirectory,
  settings: ResolverSettings,
): Promise<Resolution & { nearMatches: string[] }> {
  const resolution = await explainUrl(input, directory, settings);
  const { refusal } = resolution;
  if (!refusal || !('wanted' in refusal)) return { ...resolution, nearMatches: [] };
  const codes = (await directory.all()).map(({ code }) => code);
  return { ...resolution, nearMatches: nearMatches(refusal.wanted, codes) };
}

/**
 * Says which store a URL would reach, without sending anything. The text is split by hand: a URL parser
 * would tidy up the very things that have to be explained.
 * @throws {ValidationError} when the text is no URL
 */
export function explainUrl(input: WhyInput, lookup: StoreLookup, settings: ResolverSettings): Promise<Resolution> {
  const match = /^(?:([^/?#]*):\/\/)?([^/?#]*)([^?#]*)(\?[^#]*)?/.exec(input.url.trim());
  const scheme = match?.[1]?.toLowerCase() ?? 'http';
  if (scheme !== 'http' && scheme !== 'https')
    throw new ValidationError(`The URL begins with "${match?.[1]}://". A request begins with http:// or https://.`, [
      { field: 'url', message: `begins with "${match?.[1]}://"` },
    ]);
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
      scheme,
    },
    lookup,
    settings,
  );
}
