import { expect, it } from 'vitest';
import { splitStatements } from './split-statements.ts';

it.each([
  ['SELECT 1;', ['SELECT 1'], ''],
  ['SELECT 1; SELECT\n2;', ['SELECT 1', 'SELECT\n2'], ''],
  ['SELECT 1; SEL', ['SELECT 1'], ' SEL'],
  ['SELECT 1', [], 'SELECT 1'],
  [';;', [], ''],
  ["SELECT ';', 'it''s;';", ["SELECT ';', 'it''s;'"], ''],
  ['SELECT ";" FROM "a;b";', ['SELECT ";" FROM "a;b"'], ''],
  ['SELECT 1 -- no; end\n;', ['SELECT 1 -- no; end'], ''],
  ['SELECT /* ; */ 1;', ['SELECT /* ; */ 1'], ''],
  ['DO $$ BEGIN; END $$;', ['DO $$ BEGIN; END $$'], ''],
  ['SELECT $a$;$b$;$a$;', ['SELECT $a$;$b$;$a$'], ''],
  ["SELECT 'begun;", [], "SELECT 'begun;"],
  ['SELECT /* begun;', [], 'SELECT /* begun;'],
  ['SELECT 1; SELECT "begun;', ['SELECT 1'], ' SELECT "begun;'],
  ['SELECT $1;', ['SELECT $1'], ''],
])('splits %j', (text, statements, rest) => {
  expect(splitStatements(text)).toEqual({ statements, rest });
});
