import { useElementSize } from '@mantine/hooks';
import type { ListedStore } from '../../../server/contract/stores.ts';
import { useConnection } from '../api/events.tsx';
import { useRead } from '../api/queries.ts';
import { type FrameSize, fitFrame, fitFrames, sizeLabel } from './frame-scale.ts';
import { isFramable, paneAddress } from './page-path.ts';
import classes from './pane.module.css';
import { PaneCaption } from './pane-caption.tsx';
import { PaneMessage, type PaneTrouble } from './pane-message.tsx';
import { type PaneState, WIDTHS } from './pane-state.ts';
import { PaneToolbar } from './pane-toolbar.tsx';
import { PreviewFrame } from './preview-frame.tsx';
import { useReloads } from './use-reloads.ts';

interface PaneProps {
  readonly pane: PaneState;
  /** Says which pane it is, such as `Left pane`. */
  readonly name: string;
  readonly stores: readonly ListedStore[];
  /** Shows the page in every width at once instead of in the pane's own. */
  readonly showsAllWidths: boolean;
  readonly onChange: (change: Partial<PaneState>) => void;
  /** Null when the pane cannot be taken away. */
  readonly onRemove: (() => void) | null;
}

const GAP = 24;
/** Below this a page is a smudge: the frames are scrolled instead. */
const MIN_SCALE = 0.25;

/** One store's page, with its controls above and its address below. */
export function Pane({ pane, name, stores, showsAllWidths, onChange, onRemove }: PaneProps) {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const { reloads, reload } = useReloads(pane.store);
  const connection = useConnection();
  const store = stores.find(({ code }) => code === pane.store);
  const detail = useRead('getStore', { params: { code: pane.store } }, { isEnabled: store !== undefined });
  const address = store ? paneAddress(store, pane) : null;
  const trouble = troubleOf(pane, store, connection === 'lost');
  const sizes = width > 0 && height > 0 ? frameSizes(pane, showsAllWidths, width, height) : [];
  return (
    <section className={classes.pane} aria-label={name}>
      <PaneToolbar
        pane={pane}
        name={name}
        stores={stores}
        firstProduct={detail.data?.figures?.firstProduct ?? null}
        address={address}
        hasWidths={!showsAllWidths}
        onChange={onChange}
        onReload={reload}
        onRemove={onRemove}
      />
      <div className={classes.canvas} data-all={showsAllWidths || undefined}>
        <div ref={ref} className={classes.stage}>
          {trouble || !store || !address ? (
            <PaneMessage trouble={trouble ?? 'unknown'} code={pane.store} store={store} address={address} />
          ) : (
            sizes.map((size) => (
              <Figure
                // A page of another address, or loaded anew, is another frame.
                key={`${showsAllWidths ? size.width : 'own'} ${address} ${reloads}`}
                address={address}
                title={`${store.name} ${pane.path}`}
                size={size}
                hasCaption={showsAllWidths}
              />
            ))
          )}
        </div>
      </div>
      {address ? (
        <PaneCaption
          name={name}
          address={address}
          via={pane.via}
          hasPath={store?.urls.path !== null}
          size={showsAllWidths || trouble || !sizes[0] ? null : sizeLabel(sizes[0])}
          onVia={(via) => onChange({ via })}
        />
      ) : null}
    </section>
  );
}

interface FigureProps {
  readonly address: string;
  readonly title: string;
  readonly size: FrameSize;
  readonly hasCaption: boolean;
}

function Figure({ address, title, size, hasCaption }: FigureProps) {
  return (
    <figure className={classes.figure}>
      <PreviewFrame address={address} title={`${title}, ${sizeLabel(size)}`} size={size} />
      {hasCaption ? <figcaption className={classes.size}>{sizeLabel(size)}</figcaption> : null}
    </figure>
  );
}

function troubleOf(pane: PaneState, store: ListedStore | undefined, isLost: boolean): PaneTrouble | null {
  if (!store) return 'unknown';
  if (!store.isActive) return 'closed';
  if (!isFramable(pane)) return 'unframable';
  return isLost ? 'lost' : null;
}

/** Room for the words under each of several frames. */
const FIGCAPTION_HEIGHT = 28;

function frameSizes(pane: PaneState, isAll: boolean, width: number, height: number): readonly FrameSize[] {
  return isAll
    ? fitFrames(width, height - FIGCAPTION_HEIGHT, WIDTHS, GAP, MIN_SCALE)
    : [fitFrame(width, height, pane.width)];
}
