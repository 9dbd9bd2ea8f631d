/**
 * What the preview shows, kept in the screen's address so that it can be linked:
 * `/preview?left=techstore:/products&leftWidth=360&right=fashion:/&rightVia=path&same=1&view=widths`.
 */
import { normalizePath, type PaneVia } from './page-path.ts';

export const WIDTHS = [360, 768, 1280] as const;
/** CSS pixels, or `fit`: as wide as the pane. */
export type PaneWidth = (typeof WIDTHS)[number] | 'fit';
type PaneSide = 'left' | 'right';

export interface PaneState {
  /** The store's code. */
  readonly store: string;
  /** Begins with a slash; may have a query. */
  readonly path: string;
  readonly via: PaneVia;
  readonly width: PaneWidth;
}

export interface PreviewState {
  /** One or two. */
  readonly panes: readonly PaneState[];
  /** Both panes show the same page. */
  readonly isSame: boolean;
  /** `widths`: the first pane's page in every width at once. */
  readonly view: 'panes' | 'widths';
}

const SIDES: readonly PaneSide[] = ['left', 'right'];
const DEFAULT_WIDTH: PaneWidth = 1280;

/** A pane that shows a store's home page under its own host. */
export function newPane(store: string): PaneState {
  return { store, path: '/', via: 'subdomain', width: DEFAULT_WIDTH };
}

/**
 * Reads the screen's address. Without any pane in it, the first two stores are shown.
 * @param codes of the stores there are
 */
export function readPreview(params: URLSearchParams, codes: readonly string[]): PreviewState {
  const named = SIDES.flatMap((side) => readPane(params, side));
  const panes = named.length > 0 ? named : codes.slice(0, 2).map(newPane);
  const isSame = params.get('same') === '1' && panes.length > 1;
  const view = params.get('view') === 'widths' ? 'widths' : 'panes';
  return { panes: isSame ? withPath(panes, panes[0]?.path ?? '/') : panes, isSame, view };
}

/** The query of the address that shows a state; what is usual is left out. */
export function writePreview({ panes, isSame, view }: PreviewState): string {
  const parts = panes.flatMap((pane, index) => {
    const side = SIDES[index];
    if (!side) return [];
    return [
      `${side}=${readable(`${pane.store}:${pane.path}`)}`,
      ...(pane.width === DEFAULT_WIDTH ? [] : [`${side}Width=${pane.width}`]),
      ...(pane.via === 'subdomain' ? [] : [`${side}Via=${pane.via}`]),
    ];
  });
  if (isSame) parts.push('same=1');
  if (view === 'widths') parts.push('view=widths');
  return parts.join('&');
}

/** The state after one pane was changed; a new path goes to both when they show the same page. */
export function changePane(state: PreviewState, index: number, change: Partial<PaneState>): PreviewState {
  const panes = state.panes.map((pane, at) => (at === index ? { ...pane, ...change } : pane));
  return { ...state, panes: state.isSame && change.path !== undefined ? withPath(panes, change.path) : panes };
}

/** The state with a second pane: the next store that is not shown yet, on the page of the first. */
export function addPane(state: PreviewState, codes: readonly string[]): PreviewState {
  const [first] = state.panes;
  const code = codes.find((one) => one !== first?.store) ?? first?.store;
  if (code === undefined || state.panes.length >= SIDES.length) return state;
  return {
    ...state,
    panes: [...state.panes, { ...newPane(code), path: first?.path ?? '/', width: first?.width ?? DEFAULT_WIDTH }],
  };
}

/** The state without one of its panes. */
export function removePane(state: PreviewState, index: number): PreviewState {
  return { ...state, panes: state.panes.filter((_pane, at) => at !== index), isSame: false };
}

/** The state in which both panes show the same page, the first one's, or each its own again. */
export function setSame(state: PreviewState, isSame: boolean): PreviewState {
  return { ...state, isSame, panes: isSame ? withPath(state.panes, state.panes[0]?.path ?? '/') : state.panes };
}

function withPath(panes: readonly PaneState[], path: string): readonly PaneState[] {
  return panes.map((pane) => ({ ...pane, path }));
}

function readPane(params: URLSearchParams, side: PaneSide): readonly PaneState[] {
  const [, store, path = '/'] = /^([^:/]+)(?::(.*))?$/.exec(params.get(side) ?? '') ?? [];
  if (store === undefined) return [];
  return [
    {
      store: store.toLowerCase(),
      path: normalizePath(path),
      via: params.get(`${side}Via`) === 'path' ? 'path' : 'subdomain',
      width: readWidth(params.get(`${side}Width`) ?? params.get('width')),
    },
  ];
}

function readWidth(text: string | null): PaneWidth {
  if (text === 'fit') return 'fit';
  return WIDTHS.find((width) => String(width) === text) ?? DEFAULT_WIDTH;
}

/** Encoded for a query, with the characters left as they are that a query may hold. Source: RFC 3986 §3.4. */
function readable(text: string): string {
  return encodeURIComponent(text).replaceAll('%2F', '/').replaceAll('%3A', ':').replaceAll('%3F', '?');
}
