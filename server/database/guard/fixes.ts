/** What to write instead of a statement that is refused; one sentence each. */
import { STORE_COLUMN } from './predicates.ts';

export const FIXES = {
  /** @param name the reference as the statement names it */
  predicate: (name: string) =>
    `Add "${name}.${STORE_COLUMN} = $n" with the number of the store to the WHERE of the same query, or use database.table().`,
  insert: `List ${STORE_COLUMN} among the columns, and give it the number of the store in every row.`,
  conflict: `Let ON CONFLICT name ${STORE_COLUMN} among its columns, or give DO UPDATE a WHERE with the store of the row.`,
  assignment: `Leave ${STORE_COLUMN} out of SET, or set it to the number of the same store.`,
  kind: 'Tables are changed, emptied and copied by migrations alone; rows are read and written by SELECT, INSERT, UPDATE and DELETE.',
  otherStore: `Every ${STORE_COLUMN} of the statement must be the number of the store in force.`,
  oneStore: `Every ${STORE_COLUMN} of the statement must be the number of one and the same store.`,
  unreadable:
    'Write it as one plain statement that SQLite and Postgres share (= and not IS, LIMIT … OFFSET …, ON CONFLICT and not OR REPLACE), or use database.table().',
  hidden: 'Write the statement itself: one that stands inside a string or a block cannot be judged.',
  attached: 'A kept connection would go on seeing the other file. Open that file by itself.',
  reading: 'It changes how the texts that follow are read. Leave the setting as it is, and write its name out.',
  session: 'A pooled connection would keep it. Use SET LOCAL in a transaction, or set_config(name, value, true).',
} as const;
