import type { StoreBackend } from '../store-database.ts';

/** The same backend with another way to use a store's data; also when the backend inside becomes another one. */
export function withUse(backend: StoreBackend, use: StoreBackend['use']): StoreBackend {
  return {
    get engine() {
      return backend.engine;
    },
    get isolation() {
      return backend.isolation;
    },
    use,
    migrate: () => backend.migrate(),
    migrations: (store) => backend.migrations(store),
    migrateStore: (store) => backend.migrateStore(store),
    create: (store) => backend.create(store),
    drop: (store) => backend.drop(store),
    describe: (store) => backend.describe(store),
    check: () => backend.check(),
    size: (store) => backend.size(store),
    stats: () => backend.stats(),
    dropEverything: () => backend.dropEverything(),
    close: () => backend.close(),
  };
}
