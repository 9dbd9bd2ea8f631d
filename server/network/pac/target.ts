/** What a client asks the local proxy for, judged by its address alone. */

/** Where a request goes: always a port of this machine. */
export interface ProxyTarget {
  /** Without port, in lower case, without a dot at the end. */
  readonly hostname: string;
  /** As the client wrote it, for the `Host` header. */
  readonly authority: string;
  readonly port: number;
}

export interface ProxyPorts {
  readonly http: number;
  /** Null while HTTPS is off. */
  readonly https: number | null;
}

/** A refusal with what to tell the client. */
export interface Refusal {
  readonly status: 400 | 403;
  readonly message: string;
}

/** Reads the whole address of a request, as `http://shop.example/a?b`; `path` is what the server is asked for. */
export function readAbsolute(
  target: string,
  ports: ProxyPorts,
): { readonly target: ProxyTarget; readonly path: string } | Refusal {
  const parts = /^http:\/\/([^/?#]+)([/?][^#]*)?(#.*)?$/i.exec(target);
  if (!parts?.[1]) return { status: 400, message: NOT_A_PROXY_REQUEST };
  const found = readAuthority(parts[1], 80);
  if (!found) return { status: 400, message: `"${parts[1]}" is not a readable host.` };
  if (found.port !== 80 && found.port !== ports.http) return wrongPort(found.port);
  const rest = parts[2] ?? '/';
  return { target: { ...found, port: ports.http }, path: rest.startsWith('/') ? rest : `/${rest}` };
}

/** Reads what `CONNECT` names, as `shop.example:443`. */
export function readConnect(target: string, ports: ProxyPorts): ProxyTarget | Refusal {
  const found = readAuthority(target, null);
  if (!found) return { status: 400, message: `"${target}" is not a host with a port.` };
  // Browsers also tunnel WebSockets to the plain port.
  if (found.port === 80 || found.port === ports.http) return { ...found, port: ports.http };
  if (found.port !== 443 && found.port !== ports.https) return wrongPort(found.port);
  if (ports.https === null)
    return { status: 403, message: 'HTTPS is off on this platform. Switch it on in the console, or use http.' };
  return { ...found, port: ports.https };
}

export const NOT_A_PROXY_REQUEST =
  'This is the proxy of Orion Studio for browsers that read its proxy.pac. Open the platform by its own address instead.';

function wrongPort(port: number): Refusal {
  return { status: 403, message: `This proxy leads to the platform's own ports alone, not to ${port}.` };
}

/** Names alone: an address is never one of the platform's names. */
function readAuthority(text: string, usualPort: number | null): ProxyTarget | null {
  const parts = /^([a-z0-9_.-]{1,254})(?::(\d{1,5}))?$/i.exec(text);
  const port = parts?.[2] === undefined ? usualPort : Number(parts[2]);
  if (!parts?.[1] || port === null || port < 1 || port > 65_535) return null;
  return { hostname: parts[1].toLowerCase().replace(/\.$/, ''), authority: text, port };
}
