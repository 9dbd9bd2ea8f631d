import { brotliCompressSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeBody } from './describe-body.ts';

const seen = (bytes: Buffer, total = bytes.length) => ({
  bytes: total,
  kept: [bytes],
  size: 0,
  isCut: total > bytes.length,
});
const describeText = (bytes: Buffer, type: string, encoding?: string, total?: number) =>
  describeBody(seen(bytes, total), { 'content-type': type, 'content-encoding': encoding });

describe('describeBody', () => {
  it('decodes what was compressed, when it is whole', () => {
    const page = '<p>Größe</p>'.repeat(50);
    for (const [encoding, bytes] of [
      ['gzip', gzipSync(page)],
      ['br', brotliCompressSync(page)],
    ] as const) {
      expect(describeText(bytes, 'text/html', encoding)).toMatchObject({ text: page, bytes: bytes.length, note: null });
      const cut = describeText(bytes.subarray(0, 20), 'text/html', encoding, bytes.length);
      expect(cut).toMatchObject({ text: null, base64: bytes.subarray(0, 20).toString('base64') });
      expect(cut?.note).toContain('only as a whole');
    }
  });

  it('says what is wrong with encodings, charsets and texts, and shows the bytes', () => {
    const bytes = Buffer.from([0xff, 0xfe, 0x80, 0x41]);

    expect(describeText(bytes, 'text/plain; charset=utf-8')).toMatchObject({ text: null, base64: '//6AQQ==' });
    expect(describeText(bytes, 'text/plain')?.note).toContain('not valid utf-8');
    expect(describeText(Buffer.from('abc'), 'text/plain; charset=klingon')).toMatchObject({ text: 'abc' });
    expect(describeText(Buffer.from('abc'), 'text/plain; charset=klingon')?.note).toContain('klingon is not known');
    expect(describeText(Buffer.from('caf\xe9', 'latin1'), 'text/plain; charset=iso-8859-1')?.text).toBe('café');
    expect(describeText(bytes, 'text/html', 'gzip')?.note).toContain('cannot be decoded');
    expect(describeText(bytes, 'text/html', 'zip9')?.note).toContain('not decoded here');
    expect(describeText(gzipSync(Buffer.alloc(20_000_000)), 'text/html', 'gzip')?.note).toContain('too large');
    expect(describeText(Buffer.from('\x89PNG'), 'image/png')).toMatchObject({ text: null, note: null });
  });

  it('cuts between two characters rather than showing bytes', () => {
    const text = Buffer.from('aé');

    expect(describeText(text.subarray(0, 2), 'text/plain', undefined, 3)).toMatchObject({
      text: 'a',
      keptBytes: 2,
      bytes: 3,
      note: 'Cut off: 2 of 3 bytes were kept.',
    });
  });

  it('has nothing to say where nothing was sent', () => {
    expect(describeBody(null, {})).toBeNull();
    expect(describeBody(seen(Buffer.alloc(0)), {})).toBeNull();
  });

  it('never fails, whatever is declared', () => {
    const types = fc.constantFrom(
      'text/html',
      'application/json',
      'multipart/form-data; boundary=(',
      'x',
      '',
      'text/a; charset=utf-16',
    );
    const encodings = fc.constantFrom(
      undefined,
      'gzip',
      'br',
      'deflate',
      'zstd',
      'gzip, br',
      '__proto__',
      'constructor',
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1 }), types, encodings, fc.nat(5), (bytes, type, encoding, more) => {
        const body = describeText(Buffer.from(bytes), type, encoding, bytes.length + more);
        expect(body?.text === null ? body.base64 : body?.text).toEqual(expect.any(String));
      }),
    );
  });
});
