/**
 * Checks that imports go one way (docs/ARCHITECTURE.md): the rules are the table below, one entry a rule.
 *
 * Reads the files with the parser that Vite and Vitest use, so comments and strings cannot mislead it.
 */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { parseSync, Visitor } from 'rolldown/utils';

/** One import that breaks a rule, or one file that cannot be read. */
export interface Violation {
  /** Relative to the checked root, with `/`. */
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  /** What to do instead, naming what is imported. */
  readonly advice: string;
}

interface Import {
  readonly file: string;
  readonly line: number;
  readonly specifier: string;
  /** The imported file relative to the root, or the package's name. */
  readonly target: string;
  readonly isPackage: boolean;
  /** Runs the imported file before this one: neither `import type` nor a dynamic import. */
  readonly isEager: boolean;
}

interface Rule {
  readonly name: string;
  readonly advice: string;
  readonly breaks: (from: string, found: Import) => boolean;
}

const checkedFolders = ['server', 'renderer', 'electron', 'migrations'];
const foundation = /^server\/(tenancy|database|identity|themes|observability|network)\//;
const moduleDoor = /^server\/modules\/[^/]+\/(module|service)(\.ts)?$/;

const rules: readonly Rule[] = [
  {
    name: 'foundation-below-modules',
    advice: 'tenancy, database, identity, themes, observability and network know no module: take it as an argument',
    breaks: (from, { target }) =>
      foundation.test(from) && /^server\/((modules|console|cli)(\/|$)|(app|main)(\.ts)?$)/.test(target),
  },
  {
    name: 'module-insides',
    advice: "import the other module's module.ts or service.ts",
    breaks: (from, { target }) =>
      moduleOf(from) !== undefined && isModuleInside(target) && moduleOf(from) !== moduleOf(target) && !isTest(from),
  },
  {
    name: 'console-and-cli-use-services',
    advice: "import the module's module.ts or service.ts",
    breaks: (from, { target }) => /^server\/(console|cli)\//.test(from) && isModuleInside(target) && !isTest(from),
  },
  {
    name: 'contract-only',
    advice: 'electron and renderer know the server through its HTTP contract alone (server/contract/)',
    breaks: (from, { target }) =>
      /^(electron|renderer)\//.test(from) && /^server(\/|$)/.test(target) && !target.startsWith('server/contract/'),
  },
  {
    name: 'server-stands-alone',
    advice: 'the server imports nothing from e2e, build, renderer or electron: move what it needs into server/',
    breaks: (from, { target }) => from.startsWith('server/') && /^(e2e|build|renderer|electron)(\/|$)/.test(target),
  },
  {
    name: 'sequelize-in-the-database-layer',
    advice: "use the store's handle; sequelize belongs to server/database, a module's models.ts and migrations",
    breaks: (from, found) =>
      isPackage(found, 'sequelize') &&
      !/^(server\/database\/|server\/modules\/[^/]+\/models\.ts$|migrations\/)/.test(from),
  },
  {
    name: 'better-sqlite3-in-the-database-layer',
    advice: 'better-sqlite3 belongs to server/database and server/network: ask them',
    breaks: (from, found) => isPackage(found, 'better-sqlite3') && !/^server\/(database|network)\//.test(from),
  },
];

/** Returns every violation below the root, ordered by file and line; the rules' folders need not exist. */
export function findViolations(root: string): Violation[] {
  const violations: Violation[] = [];
  const imports: Import[] = [];
  for (const file of sourceFiles(root)) {
    const found = readImports(root, file);
    if ('rule' in found) violations.push(found);
    else imports.push(...found);
  }
  for (const found of imports) {
    for (const { name, advice, breaks } of rules) {
      if (!breaks(found.file, found)) continue;
      violations.push({ ...position(found), rule: name, advice: `imports "${found.specifier}"; ${advice}` });
    }
  }
  violations.push(...findCycles(imports));
  return violations.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line);
}

function sourceFiles(root: string): string[] {
  return globSync(`{${checkedFolders.join(',')}}/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}`, { cwd: root })
    .map((file) => file.split(sep).join('/'))
    .filter((file) => !/(^|\/)(node_modules|dist)\//.test(file))
    .sort();
}

/** The imports of one file, `import type`, `import()`, `require()` and re-exports included; or why it cannot be read. */
function readImports(root: string, file: string): Import[] | Violation {
  const text = readFileSync(join(root, file), 'utf8');
  const { program, errors } = parseSync(file, text);
  const [error] = errors;
  if (error) {
    const line = lineAt(text, error.labels[0]?.start ?? 0);
    return { file, line, rule: 'syntax', advice: `${error.message}; correct it, its imports cannot be read` };
  }
  const imports: Import[] = [];
  const add = (source: object | null, isEager: boolean): void => {
    const specifier = textOf(source);
    if (specifier === undefined || source === null || !('start' in source)) return;
    const isPackage = !specifier.startsWith('.');
    const target = isPackage ? specifier : posix.normalize(posix.join(posix.dirname(file), specifier));
    const line = lineAt(text, Number(source.start));
    imports.push({ file, line, specifier, target: isPackage ? target : existing(root, target), isPackage, isEager });
  };
  new Visitor({
    ImportDeclaration: (node) => add(node.source, node.importKind !== 'type'),
    ExportNamedDeclaration: (node) => add(node.source, node.exportKind !== 'type'),
    ExportAllDeclaration: (node) => add(node.source, node.exportKind !== 'type'),
    ImportExpression: (node) => add(node.source, false),
    TSImportType: (node) => add(node.source, false),
    TSExternalModuleReference: (node) => add(node.expression, true),
    CallExpression: (node) => {
      const isRequire = node.callee.type === 'Identifier' && node.callee.name === 'require';
      if (isRequire) add(node.arguments[0] ?? null, false);
    },
  }).visit(program);
  return imports;
}

/** The text of a string or of a template without placeholders; undefined for anything computed. */
function textOf(source: object | null): string | undefined {
  if (source === null || !('type' in source)) return undefined;
  if (source.type === 'Literal' && 'value' in source && typeof source.value === 'string') return source.value;
  if (source.type !== 'TemplateLiteral' || !('quasis' in source) || !Array.isArray(source.quasis)) return undefined;
  return source.quasis.length === 1 ? source.quasis[0].value.cooked : undefined;
}

/** Bundled code may leave the ending out, or name a folder. */
function existing(root: string, target: string): string {
  const candidates = ['', '.ts', '.tsx', '/index.ts', '/index.tsx'].map((ending) => target + ending);
  return candidates.find((path) => /\.\w+$/.test(path) && existsSync(join(root, path))) ?? target;
}

/** One violation for each group of server files that import each other in a circle, at the import that closes it. */
function findCycles(imports: readonly Import[]): Violation[] {
  const edges = new Map<string, Import[]>();
  for (const found of imports) {
    const isInside = found.file.startsWith('server/') && found.target.startsWith('server/') && !found.isPackage;
    if (found.isEager && isInside) edges.set(found.file, [...(edges.get(found.file) ?? []), found]);
  }
  const violations: Violation[] = [];
  const finished = new Set<string>();
  const visit = (file: string, path: readonly string[]): void => {
    for (const found of edges.get(file) ?? []) {
      const start = path.indexOf(found.target);
      if (start >= 0) {
        const circle = [...path.slice(start), found.target].join(' -> ');
        const advice = `${circle}; move what both need into a third file, or use \`import type\``;
        violations.push({ ...position(found), rule: 'no-cycles', advice });
      } else if (!finished.has(found.target)) visit(found.target, [...path, found.target]);
    }
    finished.add(file);
  };
  for (const file of edges.keys()) if (!finished.has(file)) visit(file, [file]);
  return violations;
}

function position({ file, line }: Import): Pick<Violation, 'file' | 'line'> {
  return { file, line };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}

/** The module's name; none for the files directly in server/modules, which all modules share. */
function moduleOf(file: string): string | undefined {
  return /^server\/modules\/([^/.]+)(\/|$)/.exec(file)?.[1];
}

/** Anything of a module but its two doors; the folder itself counts as inside. */
function isModuleInside(target: string): boolean {
  return moduleOf(target) !== undefined && !moduleDoor.test(target);
}

function isTest(file: string): boolean {
  return /\.test\.tsx?$/.test(file);
}

function isPackage(found: Import, name: string): boolean {
  return found.isPackage && (found.target === name || found.target.startsWith(`${name}/`));
}

if (import.meta.main) {
  const root = dirname(import.meta.dirname);
  const violations = findViolations(root);
  for (const { file, line, rule, advice } of violations) {
    console.error(`${relative(process.cwd(), join(root, file)) || file}:${line}: ${rule}: ${advice}`);
  }
  console.log(violations.length === 0 ? 'Every import keeps the rules.' : `${violations.length} broken import rules.`);
  process.exitCode = violations.length === 0 ? 0 : 1;
}
