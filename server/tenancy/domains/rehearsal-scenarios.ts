import type { RehearsalDns } from '../../contract/domains.ts';

/** What the rehearsal DNS can play for a domain, in words. */
export const SCENARIO_TEXTS: RehearsalDns['scenarios'] = [
  { name: 'correct', title: 'Everything right', text: 'All records stand as the guide shows them.' },
  { name: 'empty', title: 'Nothing entered yet', text: 'The domain is registered, and has no records.' },
  { name: 'wrong_token', title: 'Wrong code', text: 'The TXT record holds another code than the one expected.' },
  {
    name: 'held_by_another_store',
    title: 'Held by another store',
    text: 'The TXT record holds the code of another store of this platform.',
  },
  { name: 'expired', title: 'Registration expired', text: 'The domain and everything below it do not exist any more.' },
  { name: 'missing_www', title: 'www is missing', text: 'Everything is right but the record of www.' },
  {
    name: 'certificate_pending',
    title: 'Certificate pending',
    text: 'All records are right; the certificate is not there yet.',
  },
  { name: 'slow', title: 'Slow', text: 'Right answers, each two seconds late.' },
  { name: 'timeout', title: 'No answer', text: 'No question is ever answered.' },
  { name: 'server_failure', title: 'Server failure', text: 'Every question is answered with SERVFAIL.' },
  {
    name: 'not_found',
    title: 'No such record',
    text: 'Addresses are right; the name of the TXT record does not exist.',
  },
  { name: 'loop', title: 'Aliases in a circle', text: 'Every name is an alias that leads back to itself.' },
  {
    name: 'lies',
    title: 'Lies',
    text: 'A forged packet comes first, then wrong values: another code and another address.',
  },
];
