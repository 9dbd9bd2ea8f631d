/** How values are written everywhere in the console. */

/** `0.4 ms`, `12 ms`, `1.3 s`; an en dash for null. */
export function formatMs(milliseconds: number | null): string {
  if (milliseconds === null) return '–';
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  return `${(milliseconds / 1000).toFixed(1)} s`;
}

/** `812 B`, `4.2 kB`, `1.3 MB`: units of 1000, as file managers show them. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** `14:03:09.120` in the viewer's time zone. */
export function formatClock(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** `just now`, `3 min ago`, `2 h ago`, else the date. */
export function formatAgo(at: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  if (seconds < 10) return 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  return formatDate(at);
}

// One of each for all rows of all lists: making one is what costs.
const dates = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const moments = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});
const numbers = new Intl.NumberFormat('en-GB');

/** `21 Nov 2026`. */
export function formatDate(at: number): string {
  return dates.format(at);
}

/** `21 Nov 2026, 14:03` in the viewer's time zone. */
export function formatMoment(at: number): string {
  return moments.format(at);
}

/** `3 h 12 min`, `42 s`. */
export function formatUptime(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** `1 store`, `3 stores`, `12 480 requests`: numbers from 10 000 on are grouped. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${formatNumber(number)} ${number === 1 ? one : many}`;
}

/** Groups digits with a thin space from 10 000 on. */
export function formatNumber(number: number): string {
  return number < 10_000 ? String(number) : numbers.format(number).replaceAll(',', '\u2009');
}

const MODES: Readonly<Record<string, string>> = {
  custom_domain: 'custom domain',
  subdomain: 'subdomain',
  path_based: 'path',
  header: 'header',
};

/** A routing mode in words; how a request found its store. */
export function modeLabel(mode: string | null): string {
  return mode === null ? 'no store' : (MODES[mode] ?? mode);
}

const AREAS: Readonly<Record<string, string>> = {
  admin: 'console',
  store: 'dashboard',
  storefront: 'storefront',
  api: 'API',
  platform: 'landing page',
};

/** An area in words: what kind of page was asked for. */
export function areaLabel(area: string | null): string {
  return area === null ? '–' : (AREAS[area] ?? area);
}

const ENGINES: Readonly<Record<string, string>> = { sqlite: 'SQLite', postgres: 'Postgres' };
const ISOLATIONS: Readonly<Record<string, string>> = {
  database: 'a database per store',
  schema: 'a schema per store',
  row: 'shared tables',
};

/** A backend in words: `SQLite, a database per store`. */
export function backendLabel(engine: string, isolation: string): string {
  return `${ENGINES[engine] ?? engine}, ${ISOLATIONS[isolation] ?? isolation}`;
}
