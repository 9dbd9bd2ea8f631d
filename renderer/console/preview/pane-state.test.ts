import { describe, expect, it } from 'vitest';
import {
  addPane,
  changePane,
  newPane,
  type PreviewState,
  readPreview,
  removePane,
  setSame,
  writePreview,
} from './pane-state.ts';

const CODES = ['techstore', 'fashion', 'orion'];
const read = (query: string) => readPreview(new URLSearchParams(query), CODES);

describe('readPreview', () => {
  it('shows the first two stores when the address names none', () => {
    expect(read('').panes).toEqual([newPane('techstore'), newPane('fashion')]);
    expect(readPreview(new URLSearchParams(), ['only']).panes).toEqual([newPane('only')]);
  });

  it('reads store, page, mode and width of each pane', () => {
    expect(read('left=techstore:/products&leftWidth=360&right=fashion:/&rightVia=path&rightWidth=fit').panes).toEqual([
      { store: 'techstore', path: '/products', via: 'subdomain', width: 360 },
      { store: 'fashion', path: '/', via: 'path', width: 'fit' },
    ]);
  });

  it('takes a store alone, and one width for both', () => {
    expect(read('left=techstore&right=Fashion&width=768').panes).toEqual([
      { ...newPane('techstore'), width: 768 },
      { ...newPane('fashion'), width: 768 },
    ]);
  });

  it.each(['left=', 'left=:/x', 'left=//evil.example/', 'left=http://evil.example/'])(
    'takes no pane from %s that is not one',
    (query) => {
      for (const pane of read(query).panes) expect(pane.path.startsWith('//')).toBe(false);
      expect(read(query).panes.map(({ store }) => store)).not.toContain('evil.example');
    },
  );

  it('never gives a path that leads to another host', () => {
    expect(read('left=techstore://evil.example/').panes[0]?.path).toBe('/evil.example/');
    expect(read('left=techstore:\\\\evil.example').panes[0]?.path).toBe('/evil.example');
  });

  it('falls back to the usual for values it does not know', () => {
    expect(read('left=techstore:/&leftWidth=9999&leftVia=magic&view=x').panes).toEqual([newPane('techstore')]);
  });

  it('shows the first page in both when they are the same', () => {
    expect(read('left=techstore:/products&right=fashion:/&same=1').panes.map(({ path }) => path)).toEqual([
      '/products',
      '/products',
    ]);
  });
});

describe('writePreview', () => {
  it('is read back as it was, and stays readable', () => {
    const state: PreviewState = {
      panes: [
        { store: 'techstore', path: '/search?q=a b&page=2', via: 'path', width: 'fit' },
        { store: 'fashion', path: '/products/été', via: 'subdomain', width: 1280 },
      ],
      isSame: false,
      view: 'widths',
    };

    expect(read(writePreview(state))).toEqual(state);
    expect(writePreview({ panes: [newPane('techstore')], isSame: false, view: 'panes' })).toBe('left=techstore:/');
  });
});

describe('changes of the panes', () => {
  const two = read('left=techstore:/&right=fashion:/products');

  it('changes one pane, and the page of both only when they are the same', () => {
    expect(changePane(two, 1, { path: '/x' }).panes.map(({ path }) => path)).toEqual(['/', '/x']);
    expect(changePane(setSame(two, true), 1, { path: '/x' }).panes.map(({ path }) => path)).toEqual(['/x', '/x']);
    expect(changePane(setSame(two, true), 1, { width: 360 }).panes.map(({ width }) => width)).toEqual([1280, 360]);
  });

  it('adds the next store on the same page, and at most two panes', () => {
    const one = removePane(two, 0);

    expect(one.panes.map(({ store }) => store)).toEqual(['fashion']);
    expect(addPane(one, CODES).panes[1]).toEqual({ ...newPane('techstore'), path: '/products' });
    expect(addPane(two, CODES)).toBe(two);
    expect(addPane(read('left=only:/'), ['only']).panes).toHaveLength(2);
  });
});
