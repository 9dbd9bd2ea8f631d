import { expect, it } from 'vitest';
import { EXAMPLE_URL, faultOfUrl, maskUrl } from './database-url.ts';

it.each([
  ['', 'Enter the address'],
  ['db.example.com/orion', 'begins with postgres://'],
  ['mysql://root@localhost/orion', 'begins with postgres://'],
  ['postgres://orion:a/b@db.example.com/orion', 'no host'],
  ['postgres://orion@db.example.com:5432', 'no database'],
  ['postgres://orion@db.example.com:5432/', 'no database'],
])('says what is wrong with %j', (text, part) => expect(faultOfUrl(text)).toContain(part));

it.each([EXAMPLE_URL, ' postgresql://localhost/orion ', 'postgres://[::1]:5433/orion'])('lets %j through', (text) =>
  expect(faultOfUrl(text)).toBeNull(),
);

it.each([
  [
    'postgres://orion:s3cret@db.example.com:5432/orion?sslmode=require',
    'postgres://orion:•••@db.example.com:5432/orion?sslmode=require',
  ],
  ['postgres://orion@localhost/orion', 'postgres://orion@localhost/orion'],
  ['postgres://localhost/orion?user=orion&password=s3cret', 'postgres://localhost/orion?user=orion&password=•••'],
  ['postgres://orion:p%40ss@localhost/orion', 'postgres://orion:•••@localhost/orion'],
  ['not an address s3cret', '•••'],
])('never shows the password of %s', (text, shown) => {
  expect(maskUrl(text)).toBe(shown);
  expect(maskUrl(text)).not.toContain('s3cret');
});
