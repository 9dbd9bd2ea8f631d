import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Config, loadConfig } from './config.ts';
import { StartupError } from './errors.ts';
import { temporaryFolder } from './testing/temporary-folder.ts';

function load(argv: readonly string[], env: Record<string, string> = {}, file?: unknown): Config {
  const cwd = temporaryFolder();
  if (file !== undefined)
    writeFileSync(join(cwd, 'orion.config.json'), typeof file === 'string' ? file : JSON.stringify(file));
  return loadConfig({ argv, env, cwd });
}

function faultsOf(...args: Parameters<typeof load>): string[] {
  try {
    load(...args);
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError);
    expect((error as StartupError).exitCode).toBe(2);
    return (error as StartupError).faults.map(({ field, message }) => `${field}: ${message}`);
  }
  return [];
}

describe('loadConfig', () => {
  it('has a default for everything', () => {
    expect(load([])).toMatchObject({
      port: 8000,
      isPortFixed: false,
      platformDomain: 'localhost',
      mode: 'development',
      fixtures: ['techstore', 'fashion', 'orion'],
      scopeGuard: 'refuse',
      json: false,
    });
  });

  it('takes flags over environment over file over defaults', () => {
    const file = { port: 1000, logLevel: 'warn', mode: 'production' };
    const config = load(['--port', '3000'], { ORION_PORT: '2000', ORION_LOG_LEVEL: 'error' }, file);

    expect(config).toMatchObject({ port: 3000, isPortFixed: true, logLevel: 'error', mode: 'production' });
  });

  it('reads both ways of writing a flag, and lists', () => {
    expect(load(['--port=0', '--fixtures', 'techstore, fashion', '--json'])).toMatchObject({
      port: 0,
      fixtures: ['techstore', 'fashion'],
      json: true,
    });
    expect(load(['--fixtures', 'none']).fixtures).toEqual([]);
  });

  it('takes the flag of a switch alone as yes, and says what other flags want', () => {
    expect(load(['--https', '--trust-proxy', '--https-port', '0'])).toMatchObject({ https: true, trustProxy: true });
    expect(load(['--https-port', '0', '--https'])).toMatchObject({ https: true, httpsPort: 0 });
    expect(load(['--path-routing=false', '--https=false'])).toMatchObject({ pathRouting: false, https: false });
    expect(faultsOf(['--https='])).toEqual(['--https: must be true or false, not ""']);
    expect(faultsOf(['--https-port', '--engine', '--data-dir'])).toEqual([
      '--https-port: needs a value; it must be a number',
      '--engine: needs a value; it must be sqlite or postgres',
      '--data-dir: needs a value',
    ]);
  });

  it('leaves HTTPS to what was switched last, unless it is named', () => {
    expect(load([]).https).toBeUndefined();
    expect(load(['--https', 'true', '--https-port', '443'])).toMatchObject({ https: true, httpsPort: 443 });
    expect(load([], { ORION_HTTPS: 'false', ORION_HTTPS_PORT: '0' })).toMatchObject({ https: false, httpsPort: 0 });
    expect(load(['--trust-home', 'home']).trustHome).toMatch(/[\\/]home$/);
    expect(faultsOf(['--https', 'yes'])).toEqual(['--https: must be true or false, not "yes"']);
  });

  it('lists every fault of every source at once, each with where it stands', () => {
    const faults = faultsOf(
      ['--isolation', 'cellar', '--nonsense', '1', '--port'],
      { ORION_TRACE_REQUESTS: 'many' },
      { port: 'high', plattformDomain: 'x', mode: 3 },
    );

    expect(faults.map((fault) => fault.split(': ').slice(0, -1).join(': ')).sort()).toEqual(
      [
        '--isolation',
        '--nonsense',
        '--port',
        'ORION_TRACE_REQUESTS',
        'orion.config.json: mode',
        'orion.config.json: plattformDomain',
        'orion.config.json: port',
      ].sort(),
    );
    expect(faults.join('\n')).toContain('must be row, schema or database, not "cellar"');
  });

  it.each([
    ['{ "port": ', 'cannot be read'],
    ['[]', 'must hold a JSON object'],
  ])('refuses the file %s', (text, reason) => {
    expect(faultsOf([], {}, text).join()).toContain(reason);
  });

  it.each([
    { port: true },
    { port: null },
    { port: [] },
    { port: '' },
    { maxOpenDatabases: true },
    { traceRequests: null },
  ])('refuses the wrong type in %j instead of reading something into it', (file) => {
    expect(faultsOf([], {}, file)).toHaveLength(1);
  });

  it('refuses a file that was named and is not there', () => {
    expect(faultsOf(['--config', 'missing.json']).join()).toContain('cannot be read');
  });

  it.each([
    ['--port', '-1'],
    ['--port', '65536'],
    ['--port', '80.5'],
    ['--port', 'abc'],
    ['--port', '0x50'],
    ['--port', '1e3'],
    ['--port', ''],
    ['--__proto__', 'x'],
    ['--platform-domain', 'http://x'],
    ['--mode', 'test'],
    ['--log-level', 'loud'],
    ['--scope-guard', 'on'],
  ])('refuses %s %s', (flag, value) => {
    expect(faultsOf([`${flag}=${value}`])).toHaveLength(1);
  });

  it('cannot be changed afterwards', () => {
    expect(Object.isFrozen(load([]))).toBe(true);
  });

  describe('the database’s address', () => {
    const url = 'postgres://u:p@db.example:5432/shop';
    const engine = ['--engine', 'postgres'];
    const names = { DB_NAME: 'n', DB_USER: 'u', DB_PASSWORD: 'p@:/?#%', DB_HOST: 'h', DB_PORT: '6000' };

    it('takes flag over ORION_DATABASE_URL over DATABASE_URL over DB_NAME over file', () => {
      const file = { databaseUrl: `${url}5` };
      const env = { ORION_DATABASE_URL: `${url}2`, DATABASE_URL: `${url}3`, ...names };
      const { ORION_DATABASE_URL: _own, ...common } = env;

      expect(load([...engine, '--database-url', `${url}1`], env, file).databaseUrl).toBe(`${url}1`);
      expect(load(engine, env, file).databaseUrl).toBe(`${url}2`);
      expect(load(engine, common, file).databaseUrl).toBe(`${url}3`);
      expect(load(engine, names, file).databaseUrl).toBe('postgres://u:p%40%3A%2F%3F%23%25@h:6000/n');
      expect(load(engine, {}, file).databaseUrl).toBe(`${url}5`);
      expect(load(engine).databaseUrl).toBeNull();
    });

    it('takes the usual ports and this computer when DB_HOST and DB_PORT are not set', () => {
      expect(load(engine, { DB_NAME: 'n', DB_USER: 'u' }).databaseUrl).toBe('postgres://u@localhost:5432/n');
    });

    it('leaves other projects’ variables alone unless Postgres was chosen, wrong ones too', () => {
      const env = { DATABASE_URL: 'mysql://root@localhost/x', DB_NAME: 'n', DB_PORT: 'many' };

      expect(load([], env).databaseUrl).toBeNull();
      expect(load(['--engine', 'sqlite'], env).databaseUrl).toBeNull();
      expect(load(['--engine', 'postgres', '--database-url', 'embedded'], env).databaseUrl).toBeNull();
    });

    it('refuses the flag where Postgres was not chosen', () => {
      expect(faultsOf(['--database-url', url])).toEqual(['--database-url: is for Postgres; add --engine postgres']);
    });

    it.each([
      [['--database-url', 'postgres://u:hunter2@/x/y@z'], {}, '--database-url'],
      [[], { ORION_DATABASE_URL: 'postgres://u:hunter2@h:port/x' }, 'ORION_DATABASE_URL'],
      [[], { DATABASE_URL: 'hunter2' }, 'DATABASE_URL'],
      [[], { DB_NAME: 'n', DB_PASSWORD: 'hunter2' }, 'DB_USER'],
      [[], { DB_NAME: 'n', DB_USER: 'u', DB_PORT: '0', DB_PASSWORD: 'hunter2' }, 'DB_PORT'],
      [[], { DB_NAME: 'n', DB_USER: 'u', DB_HOST: 'a b', DB_PASSWORD: 'hunter2' }, 'DB_HOST'],
    ])('names a fault in %j %j and shows no password', (flags, env, field) => {
      const faults = faultsOf([...engine, ...flags], env as unknown as Record<string, string>);

      expect(faults).toHaveLength(1);
      expect(faults[0]).toMatch(new RegExp(`^${field}: `));
      expect(faults[0]).not.toContain('hunter2');
    });
  });
});
