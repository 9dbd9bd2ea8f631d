import { expect, it } from 'vitest';
import { htmlTokens, jsonTokens } from './code-tokens.ts';

const textOf = (tokens: readonly { readonly text: string }[]) => tokens.map(({ text }) => text).join('');

it.each(['{"a": "b\\"c", "n": -1.5e3, "t": true}', '{"cut off": "in the mid', 'not json at all: true'])(
  'keeps every letter of the JSON %s',
  (text) => {
    expect(textOf(jsonTokens(text))).toBe(text);
  },
);

it.each([
  '<!doctype html><p class="a" @b=\'c\'>1 < 2 & x="y"</p><!-- no end',
  '<script>if (a<b && c>d) {}</script>',
  '<a href=unquoted>',
])('keeps every letter of the HTML %s', (text) => {
  expect(textOf(htmlTokens(text))).toBe(text);
});

it('tells names from texts', () => {
  expect(jsonTokens('{"a":"b"}').map(({ kind }) => kind)).toEqual(['plain', 'key', 'plain', 'text', 'plain']);
  expect(
    htmlTokens('<a b="c">')
      .filter(({ kind }) => kind !== 'plain')
      .map(({ kind }) => kind),
  ).toEqual(['tag', 'key', 'text', 'tag']);
});
