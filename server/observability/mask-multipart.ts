import { maskJson } from './mask-json.ts';
import { isSecretName, MASK } from './secret-names.ts';

/**
 * A multipart body in its structure: files become a note of their size, secret fields are masked. For one that was cut off,
 * the last part ends where the text does.
 * @param boundary as the content type gives it
 */
export function describeMultipart(bytes: Buffer, boundary: string): string {
  // One character a byte: boundaries are found at their places, and sizes stay what they are.
  const text = bytes.toString('latin1');
  const parts = text.split(`--${boundary}`);
  // Without its parts nothing tells which of it is secret.
  if (parts.length === 1) return `[${bytes.length} bytes without the boundary that is declared]`;
  return parts.map((part, index) => (index === 0 ? utf8(part) : describePart(part))).join(`--${boundary}`);
}

function describePart(part: string): string {
  const blank = /\r?\n\r?\n/.exec(part);
  if (!blank) return utf8(part);
  const head = utf8(part.slice(0, blank.index));
  const content = part.slice(blank.index + blank[0].length);
  // A header may go on in the next line, when that begins with a space.
  const disposition = /content-disposition\s*:(?:[^\r\n]|\r?\n[ \t])*/i.exec(head)?.[0] ?? '';
  // Programs differ in which one they read when there are several.
  const names = [...disposition.matchAll(/\bname\*?\s*=\s*"?([^";]*)/gi)].map((match) => match[1] ?? '');
  if (/\bfilename\*?\s*=/i.test(disposition) || !isText(head))
    return `${head}\r\n\r\n[${content.replace(/\r\n$/, '').length} bytes]\r\n`;
  return `${head}\r\n\r\n${names.some(isSecretName) ? `${MASK}\r\n` : maskJson(utf8(content))}`;
}

function isText(head: string): boolean {
  const type = /content-type:\s*([^\r\n;]*)/i.exec(head)?.[1];
  return type === undefined || /^text\/|json|xml/i.test(type);
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8');
}
