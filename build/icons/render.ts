/**
 * Renders the app's icons from icon.svg and icon-small.svg; run it after changing one of them:
 * `node_modules/.bin/node build/icons/render.ts`
 *
 * Writes png/<size>x<size>.png (Linux), icon.ico (Windows) and icon.icns (macOS) beside itself, so that packaging needs no converter.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const folder = import.meta.dirname;
const pngSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024] as const;
const icoSizes = [16, 24, 32, 48, 64, 128, 256] as const;
/** Apple's names for PNG pictures of these sizes. */
const icnsTypes = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 } as const;
/** Below this, thin lines would only blur. */
const smallestDetailed = 48;
/** Icons of macOS leave this much of the picture empty on each side. */
const appleMargin = 0.07;

/** One picture of the icon, `size` pixels wide and high. */
async function render(size: number, margin = 0): Promise<Buffer> {
  const drawing = join(folder, size < smallestDetailed ? 'icon-small.svg' : 'icon.svg');
  const empty = Math.round(size * margin);
  const drawn = size - 2 * empty;
  const units = size < smallestDetailed ? 32 : 1024;
  return sharp(drawing, { density: (72 * drawn) / units })
    .resize(drawn, drawn)
    .extend({ top: empty, bottom: empty, left: empty, right: empty, background: 'transparent' })
    .png({ compressionLevel: 9 })
    .toBuffer();
}

/** The container of Windows: a table of pictures, then the pictures; 256 is written as 0. */
function ico(pictures: readonly { size: number; png: Buffer }[]): Buffer {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  for (const [index, { size, png }] of pictures.entries()) {
    const at = 6 + 16 * index;
    head.writeUInt8(size % 256, at);
    head.writeUInt8(size % 256, at + 1);
    head.writeUInt16LE(1, at + 4);
    head.writeUInt16LE(32, at + 6);
    head.writeUInt32LE(png.length, at + 8);
    head.writeUInt32LE(offset, at + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** The container of macOS: a picture after the other, each with its type and length, big-endian. */
function icns(pictures: readonly { type: string; png: Buffer }[]): Buffer {
  const parts = pictures.flatMap(({ type, png }) => [block(type, png.length + 8), png]);
  const length = parts.reduce((sum, part) => sum + part.length, 8);
  return Buffer.concat([block('icns', length), ...parts]);
}

function block(type: string, length: number): Buffer {
  const head = Buffer.alloc(8);
  head.write(type, 'latin1');
  head.writeUInt32BE(length, 4);
  return head;
}

mkdirSync(join(folder, 'png'), { recursive: true });
for (const size of pngSizes) writeFileSync(join(folder, 'png', `${size}x${size}.png`), await render(size));
const forWindows = await Promise.all(icoSizes.map(async (size) => ({ size, png: await render(size) })));
writeFileSync(join(folder, 'icon.ico'), ico(forWindows));
const forApple = Object.entries(icnsTypes).map(async ([type, size]) => ({
  type,
  png: await render(size, appleMargin),
}));
writeFileSync(join(folder, 'icon.icns'), icns(await Promise.all(forApple)));
