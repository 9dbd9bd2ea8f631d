import { expect, it } from 'vitest';
import { sniffLogo } from './logo-formats.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

it.each([
  ['png', bytes('\u0089PNG\r\n\u001a\n....')],
  ['jpeg', bytes('\u00ff\u00d8\u00ff\u00e0')],
  ['gif', bytes('GIF89a')],
  ['webp', bytes('RIFF\u0000\u0001\u0002\u0003WEBPVP8 ')],
  ['avif', bytes('\u0000\u0000\u0000\u001cftypavif')],
  ['avif', bytes('\u0000\u0000\u0000\u001cftypmif1\u0000\u0000\u0000\u0000avifmif1')],
  ['svg', Buffer.from('\ufeff<?xml version="1.0"?>\n<!-- a -->\n<svg xmlns="">', 'utf8')],
  ['svg', Buffer.from('<svg:svg xmlns:svg="http://www.w3.org/2000/svg"/>')],
])('knows a %s by its content', (format, file) => {
  expect(sniffLogo(file)).toEqual({ format });
});

it.each([
  ['a PDF document', bytes('%PDF-1.7')],
  ['a HEIC photo', bytes('\u0000\u0000\u0000\u0018ftypheic')],
  ['a film', bytes('\u0000\u0000\u0000\u0018ftypmp42')],
  ['a ZIP archive or an office document', bytes('PK\u0003\u0004')],
  ['a web page', bytes('<!DOCTYPE html><html><body><svg></svg>')],
  ['text', bytes('hello')],
  ['no picture that is known here', bytes('\u0000\u0001\u0002\u00fe')],
  // A picture's first bytes alone are no picture: WAV files begin the same way.
  ['no picture that is known here', bytes('RIFF\u00ff\u0001\u0002\u0003WAVE')],
])('says that something is %s', (instead, file) => {
  expect(sniffLogo(file)).toEqual({ instead });
});
