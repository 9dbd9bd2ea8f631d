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
  const size = await sizeOf(input);
  const inside = format === 'svg' ? await Promise.all(embeddedPictures(input.toString('utf8')).map(sizeOf)) : [];
  const tooLarge = [size, ...inside].find((one) => pixelsOf(one) > maxPixels);
  if (tooLarge) return { kind: 'too_large', ...tooLarge };
  // All of them are in memory at once while the SVG is drawn.
  if (inside.reduce((sum, one) => sum + pixelsOf(one), 0) > maxPixels)
    return { kind: 'refused', faults: ['embedded pictures with too many pixels together: make them smaller'] };
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

interface Size {
  readonly width: number;
  readonly height: number;
}

/** Only the head is read: a picture that declares too many pixels must be told apart from a broken one. */
async function sizeOf(bytes: Buffer): Promise<Size> {
  const { width, height } = await sharp(bytes, { failOn: 'error', limitInputPixels: false, pages: 1 }).metadata();
  return { width, height };
}

function pixelsOf({ width, height }: Size): number {
  return width * height;
}

/** Drawings keep their edges, photos stay small. */
function encode(picture: Sharp, format: LogoFormat): Sharp {
  const isDrawing = format === 'svg' || format === 'png' || format === 'gif';
  return isDrawing ? picture.webp({ nearLossless: true, quality: 80 }) : picture.webp({ quality: 90 });
}
