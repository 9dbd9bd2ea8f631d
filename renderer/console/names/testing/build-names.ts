import type { ClientProbe, HostsPlan, HostsState, NameProbe, PacState } from '../../../../server/contract/names.ts';

/** How a name fares with one client, for tests; it works unless told otherwise. */
export function buildClient(client: ClientProbe['client'], given: Partial<ClientProbe> = {}): ClientProbe {
  return {
    client,
    verdict: 'works',
    addresses: ['127.0.0.1'],
    http: { url: 'http://techstore.localhost:8000/', status: 200, isOurs: true, ms: 4.2 },
    message: 'It resolves to 127.0.0.1, and this server answers.',
    fix: null,
    ...given,
  };
}

/** A client that does not find the name. */
export function buildLost(client: ClientProbe['client']): ClientProbe {
  return buildClient(client, {
    verdict: 'fails',
    addresses: [],
    http: null,
    message: 'The system’s resolver does not know the name.',
    fix: 'Write the names to the hosts file.',
  });
}

/** A name with its four clients, for tests. */
export function buildProbe(name: string, given: Partial<NameProbe> = {}): NameProbe {
  return {
    name,
    kind: 'subdomain',
    store: name.split('.')[0] ?? null,
    clients: [buildClient('browser'), buildClient('app'), buildClient('system'), buildClient('curl')],
    ...given,
  };
}

/** A hosts file that lacks two names, for tests. */
export function buildHosts(given: Partial<HostsState> = {}): HostsState {
  return {
    path: '/etc/hosts',
    access: 'writable',
    hash: 'a1',
    bytes: 221,
    lines: 7,
    lineEnding: 'lf',
    problems: [],
    settings: { keepInStep: false, ipv6: true, removeOnStop: false },
    wanted: [
      { name: 'techstore.localhost', address: '127.0.0.1', kind: 'subdomain', store: 'techstore' },
      { name: 'shop.example', address: '127.0.0.1', kind: 'domain', store: 'fashion' },
    ],
    present: [],
    isInStep: false,
    lastChange: null,
    backups: [],
    otherFiles: [],
    ...given,
  };
}

/** What writing those names would change, for tests. */
export function buildPlan(given: Partial<HostsPlan> = {}): HostsPlan {
  return {
    action: 'sync',
    path: '/etc/hosts',
    expected: 'a1',
    added: 2,
    removed: 0,
    changes: true,
    diff: [
      { kind: 'same', text: '127.0.0.1\tlocalhost', before: 1, after: 1 },
      { kind: 'same', text: '…', before: null, after: null },
      { kind: 'same', text: 'ff02::2 ip6-allrouters', before: 7, after: 7 },
      { kind: 'added', text: '# BEGIN orion', before: null, after: 8 },
      { kind: 'added', text: '127.0.0.1 techstore.localhost', before: null, after: 9 },
      { kind: 'added', text: '127.0.0.1 shop.example', before: null, after: 10 },
      { kind: 'added', text: '# END orion', before: null, after: 11 },
    ],
    needsRights: false,
    problems: [],
    ...given,
  };
}

/** The automatic proxy configuration, for tests. */
export function buildPac(given: Partial<PacState> = {}): PacState {
  return {
    isOn: false,
    url: null,
    proxyPort: null,
    names: ['techstore.localhost', 'shop.example'],
    howTo: [
      {
        client: 'Firefox',
        steps: [
          'Open Settings, Network Settings.',
          'Choose “Automatic proxy configuration URL”.',
          'Paste the address.',
        ],
        command: null,
      },
      {
        client: 'Chrome',
        steps: ['Close Chrome.', 'Start it with this command.'],
        command: 'google-chrome --proxy-pac-url=http://localhost:8000/proxy.pac',
      },
    ],
    ...given,
  };
}
