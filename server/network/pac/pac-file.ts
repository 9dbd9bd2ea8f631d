/** The automatic proxy configuration (PAC) that browsers outside the desktop app read. */

/** The media type of the file. */
export const PAC_TYPE = 'application/x-ns-proxy-autoconfig';

/**
 * The file's text: exactly these names go to the proxy on this machine, everything else goes directly.
 * Written for the oldest engines that read such files, which know no more than ECMAScript 3.
 * @param proxyPort null while the proxy is off: then nothing is sent to it
 */
export function pacFile(names: readonly string[], proxyPort: number | null): string {
  const known = proxyPort === null ? [] : [...new Set(names.map((name) => name.toLowerCase()))].sort();
  const entries = known.map((name) => `  ${literal(name)}: 1`).join(',\n');
  return `// Orion Studio: sends the names of this platform to this machine, and nothing else.
var names = {
${entries}
};
function FindProxyForURL(url, host) {
  var name = host.toLowerCase().replace(/\\.$/, '');
  if (Object.prototype.hasOwnProperty.call(names, name)) return ${literal(`PROXY 127.0.0.1:${proxyPort ?? 0}`)};
  return "DIRECT";
}
`;
}

/** A string as source text, in ASCII: engines disagree about what else may stand in one. */
function literal(text: string): string {
  return JSON.stringify(text).replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
