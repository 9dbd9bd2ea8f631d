import sharp from 'sharp';

/** A picture of one colour, as a file of a format. */
export function makePicture(
  format: 'png' | 'jpeg' | 'webp' | 'avif' | 'gif',
  size: { readonly width: number; readonly height: number } = { width: 300, height: 100 },
): Promise<Buffer> {
  return sharp({ create: { ...size, channels: 3, background: '#0f766e' } })
    .toFormat(format)
    .toBuffer();
}

/** What the API takes. */
export function uploadOf(bytes: Buffer | string, fileName = 'logo'): { fileName: string; data: string } {
  return { fileName, data: Buffer.from(bytes).toString('base64') };
}
