import { isSecretName, MASK } from './secret-names.ts';

const TAG = /<(?:input|meta|button|option)\b(?:[^>"']|"[^"]*"?|'[^']*'?)*>?/gi;
const NAME = /\s(?:name|id|property)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/gi;
const VALUE = /(\s(?:value|content)\s*=\s*)(?:"[^"]*"?|'[^']*'?|[^\s>]+)/gi;

const ATTRIBUTE = /(\s([\w:.-]{1,100})\s*=\s*)(?:"[^"]*"?|'[^']*'?)/g;
const ELEMENT = /(<([\w:.-]{1,100})(?:\s[^<>]{0,2000})?>)(?:\s*<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|[^<])+/g;

/** Masks the values of secret attributes and the texts of secret elements in XML. */
export function maskXml(text: string): string {
  const mask = (end: string) => (whole: string, before: string, name: string) =>
    isSecretName(name) ? before + end : whole;
  return text.replace(ATTRIBUTE, mask(`"${MASK}"`)).replace(ELEMENT, mask(MASK));
}

/** Masks the values of secret fields in a page, as those of `<input name="_csrf">` and of password fields. */
export function maskMarkup(text: string): string {
  return text.replace(TAG, (tag) => {
    const isPassword = /\stype\s*=\s*["']?password/i.test(tag);
    const names = [...tag.matchAll(NAME)].map((match) => match[1] ?? match[2] ?? match[3] ?? '');
    return isPassword || names.some(isSecretName) ? tag.replace(VALUE, `$1"${MASK}"`) : tag;
  });
}
