import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../testing/temporary-folder.ts';
import { namesElsewhere, readMappings } from './names-in-file.ts';

const wanted = [
  { name: 'shop.test', address: '127.0.0.1' },
  { name: 'admin.localhost', address: '127.0.0.1' },
] as const;

function problems(text: string) {
  const file = join(temporaryFolder(), 'hosts');
  writeFileSync(file, text);
  return namesElsewhere(readMappings(file), wanted, (line) => line === 1);
}

it('names the lines that lead a name elsewhere, also on a line with others and behind tabs', () => {
  const [problem, ...more] = problems('127.0.0.1 shop.test\n\n# shop.test\n10.0.0.5\tdb SHOP.test www # old\n');

  expect(more).toEqual([]);
  expect(problem).toMatchObject({
    code: 'name_elsewhere',
    severity: 'warning',
    message:
      'shop.test leads to another machine by line 4 (10.0.0.5, with 2 other names). That line is not touched; the first one of the file counts.',
    fix: 'Take shop.test out of line 4, or put a # before it.',
  });
});

it('only remarks on a line that leads to the same place', () => {
  expect(problems('x\r\n127.0.0.1 admin.localhost\r\n::1 admin.localhost')).toMatchObject([
    { severity: 'note', message: 'admin.localhost also stands in lines 2 (127.0.0.1), 3 (::1), which is not touched.' },
  ]);
});
