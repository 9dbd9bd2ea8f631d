/**
 * Decodes one picture in a process of its own: what it was given comes from outside, the libraries that read it are
 * native code, and neither a crash nor an endless drawing must reach the server. `logo-reader.ts` starts it,
 * sends one job, and ends it when it takes too long.
 */
import sharp, { type Sharp, type SharpOptions } from 'sharp';
import { type LogoFormat, readUtf8 } from './logo-formats.ts';
import { embeddedPictures, svgFaults } from './logo-svg.ts';

/** The longest side of what is kept, in pixels. */
const BOX = 512;
const FAVICON = 64;
const SVG_DPI = 72;

export interface DecoderJob {
  readonly bytes: Uint8Array;
  readonly format: LogoFormat;
  readonly maxPixels: number;
}

export type DecoderAnswer =
  | {
      readonly kind: 'done';
      readonly picture: Uint8Array;
      readonly favicon: Uint8Array;
      readonly width: number;
      readonly height: number;
    }
  | { readonly kind: 'too_large'; readonly width: number; readonly height: number }
  /** From `logo-svg.ts`. */
  | { readonly kind: 'refused'; readonly faults: readonly string[] }
  | { readonly kind: 'broken'; readonly reason: string };

/** Without the server nobody ends a drawing that has no end, and to leave in order would be to wait for it. */
function giveUp(): void {
  process.kill(process.pid, 'SIGKILL');
}

process.once('disconnect', giveUp);
process.once('message', (job: DecoderJob) => {
  decode(job)
    .catch((error: Error): DecoderAnswer => ({ kind: 'broken', reason: error.message.split('\n')[0] ?? '' }))
    .then((answer) => process.send?.(answer, finish));
});

function finish(): void {
  process.off('disconnect', giveUp);
  process.disconnect();
}

async function decode({ bytes, format, maxPixels }: DecoderJob): Promise<DecoderAnswer> {
  sharp.concurrency(1);
  sharp.cache(false);
  const input = Buffer.from(bytes);
  const faults = format === 'svg' ? svgFaults(readUtf8(input) ?? '') : [];
  if (faults.length > 0) return { kind: 'refused', faults };
  const size = await largest(input, format);
  if (size.width * size.height > maxPixels) return { kind: 'too_large', ...size };
  const density = Math.min(Math.max((SVG_DPI * BOX) / Math.max(size.width, size.height), 1), 100_000);
  const options: SharpOptions = {
    failOn: 'error',
    limitInputPixels: maxPixels,
    pages: 1,
    ...(format === 'svg' ? { density } : {}),
  };
  const { data, info } = await encode(
    sharp(input, options)
      .autoOrient()
      .resize(BOX, BOX, { fit: 'inside', withoutEnlargement: format !== 'svg' }),
    format,
  ).toBuffer({ resolveWithObject: true });
  const favicon = await sharp(data)
    .resize(FAVICON, FAVICON, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .png()
    .toBuffer();
  return { kind: 'done', picture: data, favicon, width: info.width, height: info.height };
}

/** The size of the picture, or of the largest one inside an SVG when that has more pixels. */
async function largest(input: Buffer, format: LogoFormat): Promise<{ width: number; height: number }> {
  // Only the head is read here: a picture that declares too many pixels must be told apart from a broken one.
  const sizeOf = async (bytes: Buffer) => {
    const { width, height } = await sharp(bytes, { failOn: 'error', limitInputPixels: false, pages: 1 }).metadata();
    return { width, height };
  };
  const own = await sizeOf(input);
  const inside = format === 'svg' ? await Promise.all(embeddedPictures(input.toString('utf8')).map(sizeOf)) : [];
  return inside.reduce((max, size) => (size.width * size.height > max.width * max.height ? size : max), own);
}

/** Drawings keep their edges, photos stay small. */
function encode(picture: Sharp, format: LogoFormat): Sharp {
  const isDrawing = format === 'svg' || format === 'png' || format === 'gif';
  return isDrawing ? picture.webp({ nearLossless: true, quality: 80 }) : picture.webp({ quality: 90 });
}
