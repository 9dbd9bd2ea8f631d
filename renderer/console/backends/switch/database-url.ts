/** The address of a Postgres as it is typed: checked a little before the server is asked, and shown without its password. */

/** What stands as an example in the field. */
export const EXAMPLE_URL = 'postgres://orion:password@db.example.com:5432/orion?sslmode=require';

const SCHEME = /^postgres(ql)?:\/\//i;

/** What is wrong with the address in a sentence, or null when the server may be asked. */
export function faultOfUrl(text: string): string | null {
  const typed = text.trim();
  if (typed === '') return 'Enter the address of the Postgres server.';
  if (!SCHEME.test(typed)) return 'The address begins with postgres://, then user, password, host, port and database.';
  const url = URL.parse(typed);
  if (!url || url.hostname === '')
    return 'The address has no host. A password with @, : or / in it has to be percent-encoded.';
  if (url.pathname.length < 2) return 'The address has no database: put its name after the port, as in …:5432/orion.';
  return null;
}

/** The address without what must not be seen: `postgres://orion:•••@db.example.com/orion`. */
export function maskUrl(text: string): string {
  const url = URL.parse(text.trim());
  if (!url) return '•••';
  const user = url.username === '' ? '' : `${decodeURIComponent(url.username)}${url.password === '' ? '' : ':•••'}@`;
  // A password may stand among the parameters as well.
  const isSecret = (name: string) => /pass|secret|key/i.test(name);
  const query = [...url.searchParams].map(([name, value]) => `${name}=${isSecret(name) ? '•••' : value}`).join('&');
  return `${url.protocol}//${user}${url.host}${url.pathname}${query === '' ? '' : `?${query}`}`;
}
