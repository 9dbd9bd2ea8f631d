/** What systems say about their proxy, read into one shape. */

export interface ProxySettings {
  readonly mode: 'none' | 'manual' | 'auto';
  /** Proxies, as `http proxy.example:3128`. */
  readonly servers: readonly string[];
  /** Hosts that go directly, in the system's own patterns. */
  readonly bypass: readonly string[];
  /** Of the automatic configuration; null when there is none. */
  readonly pacUrl: string | null;
}

/** Reads `gsettings list-recursively org.gnome.system.proxy`. */
export function parseGsettings(text: string): ProxySettings {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const parts = /^(\S+)\s+(\S+)\s+(.*)$/.exec(line.trim());
    if (parts) values.set(`${parts[1]?.replace(/^org\.gnome\.system\.proxy\.?/, '')}/${parts[2]}`, parts[3] ?? '');
  }
  const text1 = (key: string) => strings(values.get(key) ?? '')[0] ?? '';
  const mode = text1('/mode');
  const servers = ['http', 'https', 'socks'].flatMap((kind) => {
    const host = text1(`${kind}/host`);
    return host === '' ? [] : [`${kind} ${host}:${values.get(`${kind}/port`) ?? ''}`];
  });
  return {
    mode: mode === 'manual' || mode === 'auto' ? mode : 'none',
    servers,
    bypass: strings(values.get('/ignore-hosts') ?? ''),
    pacUrl: text1('/autoconfig-url') || null,
  };
}

/** The texts of a GVariant: `'a'`, `['a', 'b']`, `@as []`. */
function strings(text: string): string[] {
  return [...text.matchAll(/'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g)].map((found) =>
    (found[1] ?? found[2] ?? '').replace(/\\(.)/g, '$1'),
  );
}

/** Reads `scutil --proxy` of macOS. */
export function parseScutil(text: string): ProxySettings {
  const values = new Map<string, string>();
  const bypass: string[] = [];
  let isInExceptions = false;
  for (const line of text.split(/\r?\n/)) {
    const [key = '', value = ''] = line.trim().split(/\s+:\s+/, 2);
    if (isInExceptions && line.trim() === '}') isInExceptions = false;
    else if (isInExceptions) bypass.push(value);
    else if (key === 'ExceptionsList') isInExceptions = true;
    else if (value !== '') values.set(key, value);
  }
  const servers = ['HTTP', 'HTTPS', 'SOCKS'].flatMap((kind) =>
    values.get(`${kind}Enable`) === '1'
      ? [`${kind.toLowerCase()} ${values.get(`${kind}Proxy`) ?? ''}:${values.get(`${kind}Port`) ?? ''}`]
      : [],
  );
  const isAuto = values.get('ProxyAutoConfigEnable') === '1';
  return {
    mode: isAuto ? 'auto' : servers.length > 0 ? 'manual' : 'none',
    servers,
    bypass: values.get('ExcludeSimpleHostnames') === '1' ? [...bypass, '<local>'] : bypass,
    pacUrl: isAuto ? (values.get('ProxyAutoConfigURLString') ?? null) : null,
  };
}

/** Reads `reg query` of Windows' Internet Settings. */
export function parseWindowsProxy(text: string): ProxySettings {
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const parts = /^\s+(\S+)\s+REG_\w+\s+(.*?)\s*$/.exec(line);
    if (parts?.[1]) values.set(parts[1].toLowerCase(), parts[2] ?? '');
  }
  const isOn = Number.parseInt(values.get('proxyenable') ?? '0', 16) === 1;
  const pacUrl = values.get('autoconfigurl') || null;
  const servers = isOn ? (values.get('proxyserver') ?? '').split(';').filter(Boolean) : [];
  return {
    mode: pacUrl === null ? (servers.length > 0 ? 'manual' : 'none') : 'auto',
    servers,
    bypass: (values.get('proxyoverride') ?? '').split(';').filter(Boolean),
    pacUrl,
  };
}

/** The proxies of the environment, which terminal programs use; null when none is set. */
export function environmentProxy(env: Readonly<Record<string, string | undefined>>): ProxySettings | null {
  const read = (name: string) => env[name.toLowerCase()] || env[name] || '';
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'];
  const servers = names.flatMap((name) => (read(name) === '' ? [] : [`${name}=${withoutPassword(read(name))}`]));
  if (servers.length === 0) return null;
  return {
    mode: 'manual',
    servers,
    bypass: read('NO_PROXY')
      .split(/[\s,]+/)
      .filter(Boolean),
    pacUrl: null,
  };
}

function withoutPassword(url: string): string {
  return url.replace(/\/\/[^@/]*@/, '//***@');
}

/**
 * Whether a host goes past the proxy by one of the patterns: `*`, `name`, `.name`, `*.name`, and `<local>` for names
 * without a dot. A plain name also stands for what is below it where `isSuffix` says so, as in `NO_PROXY`.
 */
export function bypasses(patterns: readonly string[], host: string, isSuffix: boolean): boolean {
  return patterns.some((written) => {
    const pattern = written.trim().toLowerCase();
    if (pattern === '*') return true;
    if (pattern === '<local>') return !host.includes('.');
    if (pattern === host) return true;
    if (pattern.startsWith('*.')) return host.endsWith(pattern.slice(1));
    if (pattern.startsWith('.')) return host.endsWith(pattern) || host === pattern.slice(1);
    return isSuffix && pattern !== '' && host.endsWith(`.${pattern}`);
  });
}
