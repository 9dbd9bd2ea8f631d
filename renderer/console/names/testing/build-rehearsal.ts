import type { RehearsalDns } from '../../../../server/contract/domains.ts';

/** A rehearsal DNS that runs and was asked twice, for tests. */
export function buildRehearsal(given: Partial<RehearsalDns> = {}): RehearsalDns {
  return {
    resolver: 'rehearsal',
    isRunning: true,
    address: '127.0.0.1',
    port: 5354,
    delayMs: 0,
    records: [{ id: 'r1', name: 'partner.example', type: 'A', value: '192.0.2.7', ttl: 60 }],
    scenarios: [
      { name: 'correct', title: 'All is well', text: 'Every record is as the guide asks for.' },
      { name: 'wrong_token', title: 'Wrong token', text: 'The TXT record holds the token of another day.' },
      { name: 'timeout', title: 'Silence', text: 'No question is answered.' },
    ],
    playing: [{ domain: 'shop.example', store: 'fashion', scenario: 'wrong_token' }],
    questions: [
      {
        at: Date.UTC(2026, 10, 21, 12, 0, 1),
        transport: 'udp',
        name: '_orion-verify.shop.example',
        type: 'TXT',
        answer: '"orion-verify=0000"',
        ms: 0.4,
      },
      {
        at: Date.UTC(2026, 10, 21, 12),
        transport: 'tcp',
        name: 'shop.example',
        type: 'A',
        answer: '127.0.0.1',
        ms: 1.2,
      },
    ],
    tryCommand: 'dig @127.0.0.1 -p 5354 TXT _orion-verify.shop.example',
    ...given,
  };
}
