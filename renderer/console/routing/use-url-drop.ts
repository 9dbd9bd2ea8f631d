import { type DragEvent, useState } from 'react';

interface UrlDrop {
  /** True while something that may hold a URL is held over the element. */
  readonly isOver: boolean;
  readonly handlers: {
    readonly onDragOver: (event: DragEvent) => void;
    readonly onDragLeave: (event: DragEvent) => void;
    readonly onDrop: (event: DragEvent) => void;
  };
}

/** Takes a link or a text with a URL that is dropped on an element. */
export function useUrlDrop(onUrl: (url: string) => void): UrlDrop {
  const [isOver, setOver] = useState(false);
  return {
    isOver,
    handlers: {
      onDragOver(event) {
        if (!event.dataTransfer.types.some((type) => type === 'text/uri-list' || type === 'text/plain')) return;
        event.preventDefault();
        event.dataTransfer.dropEffect = 'copy';
        setOver(true);
      },
      onDragLeave(event) {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      },
      onDrop(event) {
        setOver(false);
        const url = droppedUrl(event.dataTransfer.getData('text/uri-list'), event.dataTransfer.getData('text/plain'));
        if (url === null) return;
        event.preventDefault();
        onUrl(url);
      },
    },
  };
}

/** The first URL of what was dropped. In a list of URLs, lines with `#` are remarks. Source: RFC 2483 §5. */
export function droppedUrl(uriList: string, text: string): string | null {
  const lines = [...uriList.split(/\r?\n/).filter((line) => !line.startsWith('#')), ...text.split(/\r?\n/)];
  return lines.map((line) => line.trim()).find((line) => line !== '') ?? null;
}
