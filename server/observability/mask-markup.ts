import { isSecretName, MASK } from './secret-names.ts';

const TAG = /<(?:input|meta|button|option)\b(?:[^>"']|"[^"]*"?|'[^']*'?)*>?/gi;
const NAME = /\s(?:name|id|property)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi;
const VALUE = /(\s(?:value|content)\s*=\s*)(?:"[^"]*"?|'[^']*'?|[^\s>]+)/gi;

/** Masks the values of secret fields in a page, as those of `<input name="_csrf">` and of password fields. */
export function maskMarkup(text: string): string {
  return text.replace(TAG, (tag) => {
    const isPassword = /\stype\s*=\s*["']?password/i.test(tag);
    const names = [...tag.matchAll(NAME)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
    return isPassword || names.some(isSecretName) ? tag.replace(VALUE, `$1"${MASK}"`) : tag;
  });
}
