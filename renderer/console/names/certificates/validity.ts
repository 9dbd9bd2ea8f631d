import type { CertificatesState, TrustStore } from '../../../../server/contract/certificates.ts';
import { count, formatDate } from '../../../shared/format.ts';

const DAY_MS = 86_400_000;
/** From here on an end comes near: Let's Encrypt renews a third of its ninety days before. */
const SOON_DAYS = 30;

export interface Validity {
  readonly tone: 'good' | 'warn' | 'bad';
  /** `396 days left`, `ended 3 days ago`. */
  readonly words: string;
  /** How much of the time is over, from 0 to 1. */
  readonly share: number;
}

/** How long something is still valid. All times in milliseconds since 1970. */
export function validityOf(notBefore: number, notAfter: number, now: number): Validity {
  const share = Math.min(1, Math.max(0, (now - notBefore) / Math.max(1, notAfter - notBefore)));
  if (now < notBefore) return { tone: 'bad', words: `begins on ${formatDate(notBefore)}`, share: 0 };
  const days = Math.floor((notAfter - now) / DAY_MS);
  if (now >= notAfter) {
    const past = Math.floor((now - notAfter) / DAY_MS);
    return { tone: 'bad', words: past === 0 ? 'ended today' : `ended ${count(past, 'day')} ago`, share: 1 };
  }
  const words = days === 0 ? 'ends today' : `${count(days, 'day')} left`;
  return { tone: days < SOON_DAYS ? 'warn' : 'good', words, share };
}

/** Stores whose trust a button can change. */
export function trustable({ trust }: CertificatesState): readonly TrustStore[] {
  return trust.filter(
    ({ state, command }) => (state === 'untrusted' || state === 'other_authority') && command === null,
  );
}

export interface CertificatesSummary {
  readonly tone: 'good' | 'warn' | 'bad' | 'plain';
  readonly title: string;
  readonly text: string;
}

/** HTTPS in a line: whether it is on, and who warns of it. */
export function certificatesSummary(state: CertificatesState): CertificatesSummary {
  const { https, authority, trust } = state;
  if (!https.isOn)
    return {
      tone: 'plain',
      title: 'HTTPS is off',
      text: 'Switched on, every name gets a certificate of an authority that is made on this machine.',
    };
  if (https.fault) return { tone: 'bad', title: 'HTTPS is wanted and does not listen', text: https.fault };
  // What only reads a variable of its environment can never be trusted once and for all.
  const there = trust.filter(({ state: one, command }) => one !== 'unavailable' && command === null);
  const trusted = there.filter(({ state: one }) => one === 'trusted').length;
  const title = `HTTPS is on${https.listeningPort === null ? '' : `, port ${https.listeningPort}`}`;
  if (authority === null || there.length === 0)
    return { tone: 'good', title, text: 'No list of trusted authorities was found on this machine.' };
  if (trusted === there.length)
    return { tone: 'good', title, text: 'Every list of this machine trusts the authority: no browser warns.' };
  const text =
    trusted === 0
      ? 'Nothing trusts the authority yet: browsers and other programs warn before each page.'
      : `${trusted} of ${there.length} lists trust the authority; programs that read the others warn.`;
  return { tone: 'warn', title, text };
}

/** What HSTS can be set to, in seconds. */
const HSTS_CHOICES: readonly (readonly [seconds: number, label: string])[] = [
  [0, 'Off'],
  [300, '5 minutes'],
  [86_400, '1 day'],
  [2_592_000, '30 days'],
  [31_536_000, '1 year'],
];

/** The choices of how long browsers keep to HTTPS, with the one in force among them. */
export function hstsChoices(current: number): readonly { readonly value: string; readonly label: string }[] {
  const choices = HSTS_CHOICES.map(([seconds, label]) => ({ value: String(seconds), label }));
  if (HSTS_CHOICES.some(([seconds]) => seconds === current)) return choices;
  return [...choices, { value: String(current), label: count(current, 'second') }];
}
