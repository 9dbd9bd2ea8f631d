import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { findViolations } from './check-imports.ts';

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Checks a temporary project with these files; each violation as `file:line: rule`. */
function check(files: Record<string, string>): string[] {
  const root = mkdtempSync(join(tmpdir(), 'orion-imports-'));
  folders.push(root);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return findViolations(root).map(({ file, line, rule }) => `${file}:${line}: ${rule}`);
}

/** Checks one import of one file. */
function checkImport(file: string, specifier: string): string[] {
  return check({ [file]: `import { x } from '${specifier}';\nexport const y = x;\n` });
}

describe('findViolations', () => {
  it.each([
    ['server/tenancy/resolve.ts', '../modules/cms/service.ts', 'foundation-below-modules'],
    ['server/database/handle.ts', '../modules/cms/models.ts', 'foundation-below-modules'],
    ['server/identity/tokens.ts', '../console/stores.ts', 'foundation-below-modules'],
    ['server/themes/files.ts', '../cli/theme.ts', 'foundation-below-modules'],
    ['server/observability/logs.ts', '../app.ts', 'foundation-below-modules'],
    ['server/network/deep/ports.ts', '../../main.ts', 'foundation-below-modules'],
    ['server/tenancy/resolve.test.ts', '../app.ts', 'foundation-below-modules'],
    ['server/modules/orders/service.ts', '../cms/models.ts', 'module-insides'],
    ['server/modules/orders/service.ts', '../cms/parts/service.ts', 'module-insides'],
    ['server/modules/orders/service.ts', '../cms', 'module-insides'],
    ['server/console/stores.ts', '../modules/cms/models.ts', 'console-and-cli-use-services'],
    ['server/cli/store.ts', '../modules/cms/routes.ts', 'console-and-cli-use-services'],
    ['electron/main.ts', '../server/config.ts', 'contract-only'],
    ['renderer/console/page.tsx', '../../server/app', 'contract-only'],
    ['server/app.ts', '../e2e/helpers.ts', 'server-stands-alone'],
    ['server/app.ts', '../build/check-imports.ts', 'server-stands-alone'],
    ['server/themes/files.ts', '../../renderer/shared/colour.ts', 'server-stands-alone'],
    ['server/main.ts', '../electron/bridge.ts', 'server-stands-alone'],
    ['server/modules/cms/service.ts', 'sequelize', 'sequelize-in-the-database-layer'],
    ['server/app.ts', 'sequelize/lib/query', 'sequelize-in-the-database-layer'],
    ['server/modules/cms/models.ts', 'better-sqlite3', 'better-sqlite3-in-the-database-layer'],
    ['migrations/store/20260101000000-create-pages.ts', 'better-sqlite3', 'better-sqlite3-in-the-database-layer'],
  ])('refuses that %s imports %s', (file, specifier, rule) => {
    expect(checkImport(file, specifier)).toEqual([`${file}:1: ${rule}`]);
  });

  it.each([
    ['server/app.ts', './modules/cms/routes.ts'],
    ['server/modules/orders/service.ts', '../cms/service.ts'],
    ['server/modules/orders/module.ts', '../cms/module.ts'],
    ['server/modules/orders/service.ts', './parts/totals.ts'],
    ['server/modules/orders/module.ts', '../definition.ts'],
    ['server/modules/index.ts', './orders/module.ts'],
    ['server/modules/orders/service.ts', '../../tenancy/resolve.ts'],
    ['server/modules/orders/orders.test.ts', '../cms/models.ts'],
    ['server/console/stores.test.ts', '../modules/cms/models.ts'],
    ['server/cli/store.ts', '../modules/cms/service.ts'],
    ['server/tenancy/resolve.ts', '../modules-list.ts'],
    ['server/database/handle.ts', 'sequelize'],
    ['server/database/handle.ts', 'sequelize-something-else'],
    ['server/modules/cms/models.ts', 'sequelize'],
    ['migrations/store/20260101000000-create-pages.ts', 'sequelize'],
    ['server/network/ports.ts', 'better-sqlite3'],
    ['renderer/console/page.tsx', '../../server/contract/stores.ts'],
    ['electron/main.ts', './server-process.ts'],
  ])('allows that %s imports %s', (file, specifier) => {
    expect(checkImport(file, specifier)).toEqual([]);
  });

  it.each([
    ["import type { X } from '../app.ts';"],
    ["import { type X } from '../app.ts';"],
    ["export * from '../app.ts';"],
    ["export { x } from '../app.ts';"],
    ["export type { X } from '../app.ts';"],
    ["const x = await import('../app.ts');"],
    ['const x = await import(`../app.ts`);'],
    ["type X = import('../app.ts').X;"],
    ["const x = require('../app.ts');"],
    ["import '../app.ts';"],
  ])('sees %s', (statement) => {
    expect(check({ 'server/tenancy/a.ts': `// first line\n${statement}\n` })).toEqual([
      'server/tenancy/a.ts:2: foundation-below-modules',
    ]);
  });

  it('is not misled by comments, strings and regular expressions', () => {
    const text = [
      "// import '../app.ts';",
      "/* import '../app.ts'; */",
      'const a = "import x from \'../app.ts\'";',
      "const b = /import '..\\/app.ts'/;",
      "const c = `import '../app.ts'`; // import '../app.ts'",
    ].join('\n');

    expect(check({ 'server/tenancy/a.ts': text })).toEqual([]);
  });

  it('names a file that cannot be read', () => {
    expect(check({ 'server/app.ts': 'const a = 1;\nconst = ;\n' })).toEqual(['server/app.ts:2: syntax']);
  });

  it('reports every violation, ordered by file and line', () => {
    const found = check({
      'server/tenancy/b.ts': "import '../app.ts';\nimport 'sequelize';\n",
      'server/tenancy/a.ts': "import '../../build/a.ts';\n",
    });

    expect(found).toEqual([
      'server/tenancy/a.ts:1: server-stands-alone',
      'server/tenancy/b.ts:1: foundation-below-modules',
      'server/tenancy/b.ts:2: sequelize-in-the-database-layer',
    ]);
  });
});

describe('cycles', () => {
  const across = (back: string): string[] =>
    check({
      'server/tenancy/a.ts': "import { b } from '../database/b.ts';\nexport const a = b;\n",
      'server/database/b.ts': "import { c } from './c.ts';\nexport const b = c;\n",
      'server/database/c.ts': `${back}\nexport const c = 1;\n`,
    });

  it('finds a circle of three files once, at the import that closes it', () => {
    expect(across("import { a } from '../tenancy/a.ts';")).toEqual(['server/tenancy/a.ts:1: no-cycles']);
  });

  it('finds a file that imports itself', () => {
    expect(check({ 'server/app.ts': "export * from './app.ts';\n" })).toEqual(['server/app.ts:1: no-cycles']);
  });

  it('exempts type imports and dynamic imports', () => {
    expect(across("import type { A } from '../tenancy/a.ts';")).toEqual([]);
    expect(across("export const load = () => import('../tenancy/a.ts');")).toEqual([]);
  });

  it('counts an import whose only names are inline types, because it still runs the file', () => {
    expect(across("import { type A } from '../tenancy/a.ts';")).toEqual(['server/tenancy/a.ts:1: no-cycles']);
  });

  it('accepts two ways to the same file', () => {
    const found = check({
      'server/app.ts': "import './config.ts';\nimport './errors.ts';\n",
      'server/config.ts': "import './errors.ts';\n",
      'server/errors.ts': 'export const x = 1;\n',
    });

    expect(found).toEqual([]);
  });
});
