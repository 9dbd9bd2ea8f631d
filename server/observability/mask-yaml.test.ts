/** YAML that is recorded: what is secret in it is not shown, and everything else is as it was written. */
import { describe, expect, it } from 'vitest';
import { describeBody } from './describe-body.ts';
import { maskYaml } from './mask-yaml.ts';

describe('maskYaml', () => {
  it.each([
    ['a value, with its comment', 'user: ann\npassword: hunter2 # old', 'user: ann\npassword: …'],
    ['quoted names and values', '"api\\u004bey": "a: b"\n\'token\': x', '"api\\u004bey": …\n\'token\': …'],
    ['an item of a list', 'all:\n  - secret: a\n    id: 1', 'all:\n  - secret: …\n    id: 1'],
    [
      'a block of lines',
      'key_pem: 1\nsecret: |\n  one\n\n  two\nnext: 2',
      'key_pem: 1\nsecret: …\n  …\n\n  …\nnext: 2',
    ],
    ['a text that goes on', 'db:\n  password: "a\n    b"\n  port: 5', 'db:\n  password: …\n    …\n  port: 5'],
    ['what is below a name', 'credentials:\n  user: ann\nport: 5', 'credentials:\n  …\nport: 5'],
    ['a list without indentation', 'tokens:\n- a\n- b\nport: 5', 'tokens:\n…\n…\nport: 5'],
    ['members in one line', 'a: {id: 1, token: "x, y", n: {pin: 4}}', 'a: {id: 1, token: …, n: {pin: …}}'],
    ['a list in one line', 'a: {tokens: [x, y]}\nb: 1', 'a: {tokens: …\nb: 1'],
    ['what is commented out', '# password: hunter2', '# password: …'],
    ['pairs of name and value', '- name: DB_PASSWORD\n  value: x\n- name: A\n  value: y', null],
    ['line ends of Windows', 'password: x\r\nport: 5\r\n', 'password: …\r\nport: 5\r\n'],
  ])('masks %s', (_what, text, masked) => {
    expect(maskYaml(text)).toBe(masked ?? '- name: DB_PASSWORD\n  value: …\n- name: A\n  value: y');
  });

  it('leaves what is no secret as it is written', () => {
    const text = '---\n# about: this\nname: "Shop"\nurl: http://a:8000/x\nlist: [1, two: 3]\ntext: >\n  time: 12:30\n';

    expect(maskYaml(text)).toBe(text);
  });

  it('takes as many steps as the text is long', () => {
    for (const long of ['-', ' ', '{', ', ', 'a ', '"\\', ':', "'"]) {
      const text = long.repeat(200_000);
      expect(maskYaml(text)).toHaveLength(text.length);
    }
  });
});

describe('describeBody', () => {
  it.each(['application/yaml', 'text/yaml; charset=utf-8', 'application/x-yaml', 'text/x-yaml'])('masks %s', (type) => {
    const body = Buffer.from('{password: hunter2, id: 1}\n---\ndatabase:\n  url: postgres://a:hunter2@b/c\n');

    const described = describeBody({ bytes: body.length, kept: [body], isCut: false }, { 'content-type': type });

    expect(described?.text).toBe('{password: …, id: 1}\n---\ndatabase:\n  url: postgres://a:…@b/c\n');
  });
});
