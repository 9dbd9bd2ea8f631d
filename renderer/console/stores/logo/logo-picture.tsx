import { useState } from 'react';
import classes from './logo-picture.module.css';
import { paperFor } from './paper.ts';

/** Enough to tell light from dark. */
const SAMPLE = { width: 64, height: 24 };

interface LogoPictureProps {
  /** On the console's own host, or a `data:` URL: its pixels are looked at. */
  readonly src: string;
  readonly alt: string;
  readonly size: 'sm' | 'md';
}

/** A logo on the ground on which it can be seen. */
export function LogoPicture({ src, alt, size }: LogoPictureProps) {
  const [paper, setPaper] = useState<'light' | 'dark'>('light');
  return (
    <span className={classes.paper} data-paper={paper} data-size={size}>
      <img src={src} alt={alt} onLoad={({ currentTarget }) => setPaper(paperOf(currentTarget))} />
    </span>
  );
}

function paperOf(image: HTMLImageElement): 'light' | 'dark' {
  const canvas = document.createElement('canvas');
  canvas.width = SAMPLE.width;
  canvas.height = SAMPLE.height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return 'light';
  context.drawImage(image, 0, 0, SAMPLE.width, SAMPLE.height);
  return paperFor(context.getImageData(0, 0, SAMPLE.width, SAMPLE.height).data);
}
