import { BACKEND_IDS, type BackendId } from '../../../server/contract/backends.ts';

export type EngineName = 'sqlite' | 'postgres';
export type IsolationName = 'row' | 'schema' | 'database';

/** What people need to know of a backend to choose one. */
export interface BackendFacts {
  readonly engine: EngineName;
  readonly isolation: IsolationName;
  /** Of the engine. */
  readonly engineName: string;
  /** How stores are kept apart, in some words. */
  readonly title: string;
  readonly isolates: string;
  readonly how: string;
  readonly protectors: readonly string[];
  readonly goodFor: string;
  readonly mind: string;
  /** What the drawing shows, for those who do not see it. */
  readonly drawing: string;
}

const FACTS: Readonly<Record<BackendId, BackendFacts>> = {
  'sqlite/database': {
    engine: 'sqlite',
    isolation: 'database',
    engineName: 'SQLite',
    title: 'A file per store',
    isolates: 'Every store has a database file of its own.',
    how: 'A store’s handle opens that one file and no other.',
    protectors: ['Separate files', 'Scope guard'],
    goodFor: 'Development and demos: a store is copied, kept and deleted as a file.',
    mind: 'Busy stores take an open file each; one write at a time in a store.',
    drawing: 'Three files, one for each store.',
  },
  'sqlite/row': {
    engine: 'sqlite',
    isolation: 'row',
    engineName: 'SQLite',
    title: 'Shared tables',
    isolates: 'All stores share the tables of one file; each row names its store.',
    how: 'Every statement has to say which store it is for.',
    protectors: ['Scope guard'],
    goodFor: 'Many small stores on one machine, in one file.',
    mind: 'One write at a time for all stores; nothing in SQLite stands behind the guard.',
    drawing: 'One file with one table; its rows belong to different stores.',
  },
  'postgres/row': {
    engine: 'postgres',
    isolation: 'row',
    engineName: 'Postgres',
    title: 'Shared tables',
    isolates: 'All stores share the tables of one database; each row names its store.',
    how: 'Postgres shows a transaction only the rows of its store.',
    protectors: ['Row-level security', 'Scope guard'],
    goodFor: 'Thousands of small stores with one set of tables.',
    mind: 'Stores share indexes: a very large one is felt by the others.',
    drawing: 'One database with one table; its rows belong to different stores and a lock keeps them apart.',
  },
  'postgres/schema': {
    engine: 'postgres',
    isolation: 'schema',
    engineName: 'Postgres',
    title: 'A schema per store',
    isolates: 'Every store has a schema with tables of its own in one database.',
    how: 'Statements name the schema; nothing of it stays on a connection.',
    protectors: ['Separate tables', 'Scope guard'],
    goodFor: 'Staging and hundreds of stores; goes on to Citus as it is.',
    mind: 'With thousands of schemas migrations and dumps take long.',
    drawing: 'One database with three folders, a schema for each store.',
  },
  'postgres/database': {
    engine: 'postgres',
    isolation: 'database',
    engineName: 'Postgres',
    title: 'A database per store',
    isolates: 'Every store has a database of its own on one server.',
    how: 'A connection to one database cannot reach another.',
    protectors: ['Separate connections', 'Scope guard'],
    goodFor: 'Few large stores, or stores that must be kept strictly apart.',
    mind: 'Every store needs its own connections, of which a server has few.',
    drawing: 'Three databases, one for each store.',
  },
};

/** What is to be known of a backend. */
export function factsOf(id: BackendId): BackendFacts {
  return FACTS[id];
}

/** A backend in words within a sentence: `Postgres, a schema per store`. */
export function nameOf(id: BackendId): string {
  const { engineName, title } = FACTS[id];
  return `${engineName}, ${title.charAt(0).toLowerCase()}${title.slice(1)}`;
}

/** True for the names of the five. */
export function isBackendId(text: string | null): text is BackendId {
  return BACKEND_IDS.some((id) => id === text);
}
