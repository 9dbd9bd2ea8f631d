import { useState } from 'react';
import type { FrameSize } from './frame-scale.ts';
import classes from './preview-frame.module.css';

interface PreviewFrameProps {
  readonly address: string;
  /** What the frame shows, for screen readers. */
  readonly title: string;
  readonly size: FrameSize;
}

/**
 * What a store's page may do inside the console. Its origin is never the console's, so `allow-same-origin` only
 * lets it keep its own cookies; without `allow-top-navigation` it cannot lead the console elsewhere. Its links to new
 * tabs leave the sandbox, because a sandboxed tab cannot show pages with a Cross-Origin-Opener-Policy, as stores' are.
 */
const SANDBOX = 'allow-same-origin allow-scripts allow-forms allow-popups allow-popups-to-escape-sandbox';

/** A store's page in its full width, made smaller to fit, with a thin line around it. */
export function PreviewFrame({ address, title, size }: PreviewFrameProps) {
  const [isLoading, setLoading] = useState(true);
  const { width, height, scale } = size;
  return (
    <div
      className={classes.device}
      data-loading={isLoading || undefined}
      style={{ width: Math.round(width * scale), height: Math.round(height * scale) }}
    >
      <iframe
        className={classes.frame}
        src={address}
        title={title}
        sandbox={SANDBOX}
        style={{ width, height, transform: `scale(${scale})` }}
        onLoad={() => setLoading(false)}
      />
    </div>
  );
}
