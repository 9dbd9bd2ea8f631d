/** Parts JSON and HTML into words, well enough to colour them. */

export interface CodeToken {
  readonly text: string;
  /** `key`: a name; `text`: a string; `value`: a number or a word; `tag`: markup; `comment`: said to people alone. */
  readonly kind: 'key' | 'text' | 'value' | 'tag' | 'comment' | 'plain';
}

const JSON_TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)|([^"\d\-tfn]+|["\-tfn])/g;
const HTML_TOKEN =
  /(<!--[\s\S]*?(?:-->|$))|(<\/?[a-zA-Z][\w:-]*|\/?>|<!doctype)|([\w:@-]+)(=)("[^"]*"|'[^']*')|([^<>\w@]+|[\w:@-]+|<)/gi;

/** The words of a JSON text. */
export function jsonTokens(text: string): readonly CodeToken[] {
  const tokens: CodeToken[] = [];
  for (const [whole, string, colon, value] of text.matchAll(JSON_TOKEN)) {
    if (string !== undefined) {
      tokens.push({ text: string, kind: colon === undefined ? 'text' : 'key' });
      if (colon !== undefined) tokens.push({ text: colon, kind: 'plain' });
    } else {
      tokens.push({ text: whole, kind: value === undefined ? 'plain' : 'value' });
    }
  }
  return joined(tokens);
}

/** The words of an HTML or XML text. */
export function htmlTokens(text: string): readonly CodeToken[] {
  const tokens: CodeToken[] = [];
  for (const [whole, comment, tag, name, equals, value] of text.matchAll(HTML_TOKEN)) {
    if (comment !== undefined) tokens.push({ text: whole, kind: 'comment' });
    else if (tag !== undefined) tokens.push({ text: whole, kind: 'tag' });
    else if (name !== undefined && value !== undefined)
      tokens.push({ text: name, kind: 'key' }, { text: equals ?? '', kind: 'plain' }, { text: value, kind: 'text' });
    else tokens.push({ text: whole, kind: 'plain' });
  }
  return joined(tokens);
}

/** Fewer elements: neighbours of one kind become one. */
function joined(tokens: readonly CodeToken[]): readonly CodeToken[] {
  const result: CodeToken[] = [];
  for (const token of tokens) {
    const last = result.at(-1);
    if (last?.kind === token.kind) result[result.length - 1] = { kind: last.kind, text: last.text + token.text };
    else result.push(token);
  }
  return result;
}
