import type { Resolution } from '../../tenancy/resolution.ts';
import type { ImageView } from '../../themes/view-models.ts';
import type { StoredImage } from '../catalog/service.ts';

/** Links of one request's store that work in the routing mode of the request. */
export interface StoreLinks {
  readonly url: (path: string) => string;
  readonly media: (file: string) => string;
  readonly image: (image: StoredImage | null) => ImageView | null;
  /** The one address of a page: always below the store's own name. */
  readonly canonical: (path: string) => string;
}

/**
 * @param origin of the store's own address, such as `http://orion.localhost:8000`
 */
export function createLinks(resolution: Pick<Resolution, 'basePath'>, origin: string): StoreLinks {
  const base = resolution.basePath;
  const url = (path: string) => (path === '/' ? base || '/' : base + path);
  const media = (file: string) => `${base}/media/${encodeURI(file)}`;
  return {
    url,
    media,
    image(image) {
      if (!image) return null;
      const full = media(image.file);
      const sizes = image.widths.map((width) => `${media(sizedFile(image.file, width))} ${width}w`);
      return {
        src: full,
        srcset: sizes.length > 0 ? [...sizes, `${full} ${image.width}w`].join(', ') : '',
        width: image.width,
        height: image.height,
        alt: image.alt,
      };
    },
    canonical: (path) => (path === '/' ? `${origin}/` : origin + path),
  };
}

/** `mug@480.webp` of `mug.webp`: how smaller versions of a picture are named. */
export function sizedFile(file: string, width: number): string {
  const dot = file.lastIndexOf('.');
  return `${file.slice(0, dot)}@${width}${file.slice(dot)}`;
}
