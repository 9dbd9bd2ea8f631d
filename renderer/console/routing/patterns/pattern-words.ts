import type { RouteRow } from '../../../../server/contract/routing.ts';
import type { Tone } from '../../../shared/state-label.tsx';

/** The states of a pattern, each in a word and its tone. */
export const PATTERN_STATES: Readonly<Record<RouteRow['state'], { readonly word: string; readonly tone: Tone }>> = {
  active: { word: 'answers', tone: 'good' },
  inactive: { word: 'switched off', tone: 'plain' },
  unverified: { word: 'not proven', tone: 'warn' },
  shadowed: { word: 'shadowed', tone: 'bad' },
  collision: { word: 'collision', tone: 'bad' },
  reserved: { word: 'reserved', tone: 'plain' },
};

/** The rules as the ladder counts them. */
export const PATTERN_RULES: Readonly<Record<RouteRow['rule'], string>> = {
  admin: 'Console',
  custom_domain: 'Custom domain',
  subdomain: 'Subdomain',
  path: 'Path',
  header: 'Platform',
  router: 'Page',
};
