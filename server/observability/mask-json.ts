import { isSecretName, MASK } from './secret-names.ts';

/** A string with its quotes, also one that was cut off; anything else that is a value by itself. */
const STRING = /"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$)/y;
const SPACE = /\s*/y;
const LITERAL = /[^\s,\]}]*/y;
const MAX_PLAIN_NAME = 100;

/**
 * Masks the values of secret members in a text of JSON, at any depth, and leaves every other character as it is. Also
 * for a text that was cut off or is not quite JSON: what follows a secret name is masked whatever it is.
 */
export function maskJson(text: string): string {
  let result = '';
  let copied = 0;
  // `{"name": "Cookie", "value": "…"}`, as HAR files and lists of settings have it.
  let isValueSecret = false;
  let at = text.indexOf('"');
  while (at !== -1) {
    const end = skip(STRING, text, at);
    const afterName = skip(SPACE, text, end);
    const isName = text[afterName] === ':';
    const name = isName ? nameOf(text.slice(at, end)) : '';
    const start = isName ? skip(SPACE, text, afterName + 1) : end;
    if (name === 'name' || name === 'key')
      isValueSecret = text[start] === '"' && isSecretName(nameOf(text.slice(start, skip(STRING, text, start))));
    if (isName && (isSecretName(name) || (isValueSecret && name === 'value'))) {
      const past = skipValue(text, start);
      result += `${text.slice(copied, start)}"${MASK}"`;
      copied = past;
      at = text.indexOf('"', past);
    } else {
      const inner = isName ? null : maskedValue(text, at, end);
      if (inner !== null) {
        result += text.slice(copied, at) + inner;
        copied = end;
      }
      at = text.indexOf('"', end);
    }
  }
  return result + text.slice(copied);
}

/** A string that is no name: masked whole when a secret name without quotes stands before it, as in GraphQL. */
function maskedValue(text: string, at: number, end: number): string | null {
  return isSecretName(plainNameBefore(text, at)) ? `"${MASK}"` : maskedInside(text.slice(at, end));
}

/** The word before a colon, as in `login(password: "…")`; empty when there is none. */
function plainNameBefore(text: string, at: number): string {
  let end = at;
  while (/\s/.test(text[end - 1] ?? '')) end -= 1;
  if (text[end - 1] !== ':') return '';
  end -= 1;
  let start = end;
  while (end - start < MAX_PLAIN_NAME && /[\w.-]/.test(text[start - 1] ?? '')) start -= 1;
  return text.slice(start, end);
}

/** JSON that stands in a string of JSON, masked as well; null when there is none, or nothing to mask. */
function maskedInside(quoted: string): string | null {
  if (!quoted.includes('\\"')) return null;
  try {
    const text = String(JSON.parse(quoted));
    const masked = maskJson(text);
    return masked === text ? null : JSON.stringify(masked);
  } catch {
    // Cut off in its middle: better nothing of it than half a secret.
    return `"${MASK}"`;
  }
}

/** The end of what matches at a place; the place itself when nothing does. */
function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

/** The end of a value: a string, a literal, or everything up to the bracket that closes it. */
function skipValue(text: string, from: number): number {
  if (text[from] === '"') return skip(STRING, text, from);
  if (text[from] !== '{' && text[from] !== '[') return skip(LITERAL, text, from);
  let depth = 0;
  for (let at = from; at < text.length; ) {
    const character = text[at];
    if (character === '"') {
      at = skip(STRING, text, at);
      continue;
    }
    if (character === '{' || character === '[') depth += 1;
    if (character === '}' || character === ']') depth -= 1;
    at += 1;
    if (depth === 0) return at;
  }
  return text.length;
}

/** What a quoted name says; `"pass\u0077ord"` is a password as well. */
function nameOf(quoted: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted.replace(/^"|"$/g, '');
  }
}
