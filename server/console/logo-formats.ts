/** What a file is, by its first bytes: names and declared types prove nothing. */

export type LogoFormat = 'png' | 'jpeg' | 'webp' | 'avif' | 'gif' | 'svg';

export const LOGO_FORMATS = 'PNG, JPEG, WebP, AVIF, GIF or SVG';

/** Kinds of files that people choose by mistake, by how they begin. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF document'],
  ['PK\u0003\u0004', 'a ZIP archive or an office document'],
  ['II*\u0000', 'a TIFF picture'],
  ['MM\u0000*', 'a TIFF picture'],
  ['BM', 'a BMP picture'],
  ['8BPS', 'a Photoshop file'],
  ['%!PS', 'a PostScript file'],
  ['\u0000\u0000\u0001\u0000', 'an icon file (ICO)'],
];

/** The format of a picture, or in words what it is instead. */
export function sniffLogo(bytes: Buffer): { readonly format: LogoFormat } | { readonly instead: string } {
  const head = bytes.subarray(0, 64).toString('latin1');
  if (head.startsWith('\u0089PNG\r\n\u001a\n')) return { format: 'png' };
  if (head.startsWith('\u00ff\u00d8\u00ff')) return { format: 'jpeg' };
  if (/^GIF8[79]a/.test(head)) return { format: 'gif' };
  if (/^RIFF[\s\S]{4}WEBP/.test(head)) return { format: 'webp' };
  if (head.slice(4, 8) === 'ftyp') {
    const brands = head.slice(8);
    if (/avi[fs]/.test(brands)) return { format: 'avif' };
    return { instead: /hei[cfxm]|mif1/.test(brands) ? 'a HEIC photo' : 'a film' };
  }
  const other = OTHERS.find(([start]) => head.startsWith(start));
  if (other) return { instead: other[1] };
  return sniffText(bytes);
}

function sniffText(bytes: Buffer): { readonly format: LogoFormat } | { readonly instead: string } {
  const text = readUtf8(bytes);
  if (text === null) return { instead: 'no picture that is known here' };
  if (/^\s*<(!doctype html|html)/i.test(text)) return { instead: 'a web page' };
  return /^\s*</.test(text) && /<(\w+:)?svg[\s>/]/.test(text) ? { format: 'svg' } : { instead: 'text' };
}

/** The text of a file, or null when it is none: SVG in another encoding than UTF-8 is not taken. */
export function readUtf8(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\u0000') ? null : text;
  } catch {
    return null;
  }
}
