import type { TableDefinition } from '../model.ts';
import type { PlatformDatabase } from '../platform-database.ts';
import type { FindOptions, Table } from '../table.ts';
import { gatedTable } from './gated-store.ts';
import { Usage } from './usage.ts';
import type { WriteGate } from './write-gate.ts';

/** The platform database in force. Writes wait while it moves and then go to the new one. */
export class SwitchablePlatform implements PlatformDatabase {
  readonly #gate: WriteGate;
  #current: Usage<PlatformDatabase>;

  constructor(first: PlatformDatabase, gate: WriteGate) {
    this.#current = new Usage(first);
    this.#gate = gate;
  }

  /** The database itself, past the gate: for the move alone. */
  get inForce(): PlatformDatabase {
    return this.#current.held;
  }

  /** Puts another database in force. Call it while the gate is closed. Returns the earlier one, which may still be read. */
  replace(next: PlatformDatabase): Usage<PlatformDatabase> {
    const earlier = this.#current;
    this.#current = new Usage(next);
    return earlier;
  }

  /** Every call goes to the database that is in force then. */
  table<Row extends object>(definition: TableDefinition<Row>): Table<Row> {
    const here = <Result>(work: (table: Table<Row>) => Promise<Result>) =>
      this.#current.during((database) => work(database.table(definition)));
    const table: Table<Row> = {
      find: (options?: FindOptions<Row>) => here((inForce) => inForce.find(options)),
      findOne: (options) => here((inForce) => inForce.findOne(options)),
      count: (where) => here((inForce) => inForce.count(where)),
      insert: (...rows) => here((inForce) => inForce.insert(...rows)),
      update: (where, changes, options) => here((inForce) => inForce.update(where, changes, options)),
      delete: (where) => here((inForce) => inForce.delete(where)),
    };
    return gatedTable(table, (work) => this.#write(work));
  }

  transaction<Result>(work: (database: PlatformDatabase) => Promise<Result>): Promise<Result> {
    return this.#write(() => this.#current.during((database) => database.transaction(work)));
  }

  query(sql: string, bind?: readonly unknown[]): Promise<Record<string, unknown>[]> {
    return this.#current.during((database) => database.query(sql, bind));
  }

  readSetting(name: string): Promise<unknown> {
    return this.#current.during((database) => database.readSetting(name));
  }

  writeSetting(name: string, value: unknown): Promise<void> {
    return this.#write(() => this.#current.during((database) => database.writeSetting(name, value)));
  }

  audit(entry: Parameters<PlatformDatabase['audit']>[0]): Promise<void> {
    return this.#write(() => this.#current.during((database) => database.audit(entry)));
  }

  serials(): Promise<Readonly<Record<string, number>>> {
    return this.#current.during((database) => database.serials());
  }

  setSerials(last: Readonly<Record<string, number>>): Promise<void> {
    return this.#write(() => this.#current.during((database) => database.setSerials(last)));
  }

  close(): Promise<void> {
    return this.inForce.close();
  }

  #write<Result>(work: () => Promise<Result>): Promise<Result> {
    return this.#gate.write(null, null, work);
  }
}
