/** Finds which folders of node_modules the server needs when it runs, from package-lock.json alone. */

/** What package-lock.json (version 3) says of one folder of node_modules. */
export interface LockEntry {
  readonly version?: string;
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** The part of package-lock.json that is read here: folders relative to the project, with '' for the project itself. */
export interface Lock {
  readonly packages: Readonly<Record<string, LockEntry>>;
}

export interface PackageQuestions {
  /** Whether a folder is really there: npm leaves out what was made for other systems. */
  readonly isInstalled: (folder: string) => boolean;
  /** Packages that nothing needs when the server runs, left out with everything that only they need. */
  readonly isLeftOut: (name: string) => boolean;
}

/**
 * Follows the project's dependencies as Node resolves them and returns the folders, sorted.
 *
 * Development packages are never reached; optional ones count when they are installed.
 * @throws {Error} that names a needed package which is not installed
 */
export function productionPackages(lock: Lock, { isInstalled, isLeftOut }: PackageQuestions): string[] {
  const found = new Set<string>();
  const visit = (folder: string): void => {
    for (const { name, isOptional } of dependenciesOf(lock.packages[folder] ?? {})) {
      if (isLeftOut(name)) continue;
      const target = resolveFrom(folder, name, lock);
      if (target === undefined || !isInstalled(target)) {
        if (isOptional || (target !== undefined && lock.packages[target]?.optional)) continue;
        throw new Error(
          `${name}, which ${folder || 'the project'} needs, is not installed. Run npm ci, then try again.`,
        );
      }
      if (found.has(target)) continue;
      found.add(target);
      visit(target);
    }
  };
  visit('');
  return [...found].sort();
}

function dependenciesOf(entry: LockEntry): { name: string; isOptional: boolean }[] {
  const optional = Object.keys(entry.optionalDependencies ?? {});
  const needed = Object.keys(entry.dependencies ?? {}).filter((name) => !optional.includes(name));
  const peers = Object.keys(entry.peerDependencies ?? {});
  return [
    ...needed.map((name) => ({ name, isOptional: false })),
    ...optional.map((name) => ({ name, isOptional: true })),
    // A wanted peer is among the project's own dependencies, or somebody else's; an optional one must not pull in tools.
    ...peers
      .filter((name) => entry.peerDependenciesMeta?.[name]?.optional !== true)
      .map((name) => ({ name, isOptional: true })),
  ];
}

/** The nearest node_modules wins, from the package's own up to the project's. */
function resolveFrom(folder: string, name: string, lock: Lock): string | undefined {
  for (let at = folder; ; at = parentPackage(at)) {
    const candidate = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (lock.packages[candidate]) return candidate;
    if (at === '') return undefined;
  }
}

/** The package whose node_modules holds this one; '' is the project. */
function parentPackage(folder: string): string {
  const end = folder.lastIndexOf('node_modules/');
  return end <= 0 ? '' : folder.slice(0, end - 1);
}
