/** `http://orion.localhost:8000`: what an address of this host begins with. A port of null is the scheme's own. */
export function origin(scheme: string, host: string, port: number | null): string {
  return `${scheme}://${host}${port === null ? '' : `:${port}`}`;
}
